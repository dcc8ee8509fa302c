import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PortalProcess } from './portalProcess';

/**
 * Starts the sandbox and the built portal on free ports, with a state of their own, and tells the tests
 * where they are. Returns what ends them.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const state = join(__dirname, '../../../.sandbox/e2e');
  rmSync(state, { recursive: true, force: true });
  const portal = await PortalProcess.start(state);
  process.env.MESH_E2E_URL = portal.url;
  process.env.MESH_E2E_STATE = state;
  return () => portal.stop();
}
