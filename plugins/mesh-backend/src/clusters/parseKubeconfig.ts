import { resolve } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { parseDocument } from 'yaml';
import { z } from 'zod';

export interface ParsedKubeconfig {
  config: KubeConfig;
  /** The files in which the tokens of users are, by user: the library does not know the field. */
  tokenFiles: ReadonlyMap<string, string>;
}

const kubeconfigSchema = z.looseObject({
  clusters: z.array(z.looseObject({})),
  contexts: z.array(z.looseObject({})),
  users: z.array(z.unknown()).nullish(),
});

const tokenFileSchema = z.object({
  name: z.string(),
  user: z.object({ tokenFile: z.string().min(1) }),
});

/**
 * Reads a kubeconfig; paths in it are relative to its folder. The errors go on after the name of the file,
 * and never quote its text: there are credentials in it.
 */
export function parseKubeconfig(
  text: string,
  folder: string,
): ParsedKubeconfig {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    throw new Error(`is not YAML: ${error.code} in line ${line}`);
  }
  const parsed = kubeconfigSchema.safeParse(document.toJS());
  if (!parsed.success) {
    throw new Error('is not a kubeconfig: it needs clusters and contexts');
  }
  const config = new KubeConfig();
  config.loadFromString(JSON.stringify(parsed.data), {
    // One bad entry must not take the others with it; a context that needs it says that it is not there.
    onInvalidEntry: 'filter',
  });
  config.makePathsAbsolute(folder);
  return {
    config,
    tokenFiles: new Map(
      (parsed.data.users ?? []).flatMap(entry => {
        const { data } = tokenFileSchema.safeParse(entry);
        return data
          ? [[data.name, resolve(folder, data.user.tokenFile)] as const]
          : [];
      }),
    ),
  };
}
