import { readFile, stat } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

/** A kubeconfig with a thousand contexts and their certificates is smaller. */
const MOST_BYTES = 16 * 1024 * 1024;

const kubeconfigSchema = z.object({
  // kubectl reads a file without kind too.
  kind: z.literal('Config').optional(),
  clusters: z.array(z.object({ name: z.string() })),
  contexts: z.array(z.object({ name: z.string() })),
});

/** Whether a text is a kubeconfig, which is written much like an object of Kubernetes, and is none. */
export function isKubeconfigText(text: string): boolean {
  // Most files are large and none: they are not to be read twice.
  if (!text.includes('contexts') || !text.includes('clusters')) {
    return false;
  }
  try {
    return kubeconfigSchema.safeParse(parse(text, { logLevel: 'error' }))
      .success;
  } catch {
    return false;
  }
}

/** Whether a path is that of a kubeconfig; whatever cannot be read is none, and is complained of as a file. */
export async function isKubeconfig(path: string): Promise<boolean> {
  try {
    const { size } = await stat(path);
    return size <= MOST_BYTES && isKubeconfigText(await readFile(path, 'utf8'));
  } catch {
    return false;
  }
}
