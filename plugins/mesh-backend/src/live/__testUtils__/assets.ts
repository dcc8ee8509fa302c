import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the programs of a real control plane are, by the convention of envtest. */
const assets = process.env.KUBEBUILDER_ASSETS;

/** The path of a program of KUBEBUILDER_ASSETS. */
export function asset(name: string): string {
  return join(assets ?? '', name);
}

/** `describe` where these programs are there, else one that skips its suite and says what is missing. */
export function describeWith(...names: string[]): jest.Describe {
  const missing = names.filter(name => !assets || !existsSync(asset(name)));
  if (missing.length === 0) {
    return describe;
  }
  process.stderr.write(
    `Skipped: there is no ${missing.join(' and no ')} in KUBEBUILDER_ASSETS\n`,
  );
  return describe.skip;
}
