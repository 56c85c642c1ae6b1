import { deliver } from './deliver.mjs';

const worker = new Worker('/worker.mjs', { type: 'module' });
worker.onmessage = ({ data }) => deliver(data);
worker.onerror = ({ message }) => deliver({ failures: [message || 'the worker did not start'] });
