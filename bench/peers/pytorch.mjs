import { pythonContestants } from './python.mjs';

export const contestants = () => pythonContestants('torch_peer.py', 'pytorch', 'PyTorch');
