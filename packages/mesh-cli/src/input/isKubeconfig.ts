import { open } from 'node:fs/promises';

/** Enough of a file to know it by: kubeconfigs begin with what they are, or with their clusters. */
const BYTES = 1024 * 1024;

/** Whether a text is a kubeconfig, which is written much like an object of Kubernetes, and is none. */
export function isKubeconfigText(text: string): boolean {
  return (
    /^\s*"?kind"?:\s*"?Config"?\s*,?\s*$/m.test(text) &&
    /^\s*"?contexts"?:/m.test(text) &&
    /^\s*"?clusters"?:/m.test(text)
  );
}

/** Whether a path is that of a kubeconfig; whatever cannot be read is none, and is complained of as a file. */
export async function isKubeconfig(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read({
        buffer: Buffer.alloc(BYTES),
      });
      return isKubeconfigText(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}
