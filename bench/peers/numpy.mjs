import { pythonContestants } from './python.mjs';

export const contestants = () => pythonContestants('numpy_peer.py', 'numpy', 'NumPy');
