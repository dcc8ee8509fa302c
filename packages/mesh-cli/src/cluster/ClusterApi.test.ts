// Loaded before the tests, whose time is not to be spent with it.
import '@kubernetes/client-node';
import { once } from 'node:events';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { ClusterApi } from './ClusterApi';
import { openKubeconfig } from './openKubeconfig';

/** The API of a server that answers when the test says so. */
async function open(folder: string, port: number): Promise<ClusterApi> {
  const context = { cluster: 'a', user: 'a' };
  await writeFile(
    path.join(folder, 'kubeconfig'),
    stringify({
      'current-context': 'a',
      clusters: [
        { name: 'a', cluster: { server: `http://127.0.0.1:${port}` } },
      ],
      contexts: [{ name: 'a', context }],
      users: [{ name: 'a', user: {} }],
    }),
  );
  return ClusterApi.create(
    await openKubeconfig({ file: 'kubeconfig', cwd: folder }),
  );
}

it.each<[string, (response: ServerResponse) => void]>([
  ['waits for an answer', () => {}],
  ['waits for the rest of one', response => response.write('{')],
  [
    'waits to ask again',
    response => response.writeHead(429, { 'retry-after': '30' }).end(),
  ],
])('gives up what it asks when it is closed while it %s', async (_, answer) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mesh-api-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api = await open(folder, (server.address() as AddressInfo).port);
  try {
    const asked = once(server, 'request');
    const got = api.get('/api');
    const [, response] = await asked;
    answer(response);
    api.close();
    await expect(got).rejects.toThrow(/abort/i);
    await expect(api.get('/api')).rejects.toThrow(/abort/i);
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
});
