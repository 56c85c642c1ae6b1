// 5,000 small networks, all alive at once.
import { deliver } from './deliver.mjs';

const COUNT = 5000;

async function keep() {
  const { FeedforwardNN } = await import('/node_modules/feedforward-wasm/dist/index.js');
  const networks = Array.from(
    { length: COUNT },
    (_, seed) => new FeedforwardNN({ layers: [4, 10, 3], seed }),
  );
  const outputs = new Set(networks.map((nn) => nn.predict([[1, 2, 3, 4]]).at(0, 0)));
  return outputs.size === COUNT ? [] : [`${COUNT} networks give only ${outputs.size} different outputs`];
}

deliver({ failures: await keep().catch((error) => [String(error)]) });
