import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { Terminal } from '../terminal';
import { UsageError } from '../usageError';

/** What commands take about one request. */
export interface RequestOptions {
  method: string;
  header: string[];
  jwt?: string;
}

/** The options of one request. */
export function withRequestOptions(command: Command): Command {
  return command
    .option('--method <name>', 'of the request', 'GET')
    .option(
      '--header <name=value>',
      'a header of the request; may be given several times',
      (text: string, all: string[]) => [...all, text],
      [],
    )
    .option(
      '--jwt <file>',
      'JSON file with the claims of a valid token that the request carries',
    );
}

/** The headers of `--header NAME=VALUE`. */
export function headersOf({
  header,
}: Pick<RequestOptions, 'header'>): Record<string, string> {
  return Object.fromEntries(
    header.map(text => {
      const [, name, value] = /^([^=:\s]+)\s*[=:]\s*(.*)$/.exec(text) ?? [];
      if (!name) {
        throw new UsageError(`--header ${text} is not NAME=VALUE`);
      }
      return [name, value];
    }),
  );
}

/** The claims in the file of `--jwt`. */
export async function claimsOf(
  { jwt }: Pick<RequestOptions, 'jwt'>,
  { cwd }: Terminal,
): Promise<Record<string, unknown> | undefined> {
  if (jwt === undefined) {
    return undefined;
  }
  let claims: unknown;
  try {
    claims = JSON.parse(await readFile(path.resolve(cwd, jwt), 'utf8'));
  } catch (error) {
    throw new UsageError(
      `--jwt ${jwt} cannot be read as JSON: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new UsageError(
      `--jwt ${jwt} is no JSON object: it holds the claims of the token, not the token`,
    );
  }
  return { ...claims };
}

/** A workload as options name it. */
export interface WorkloadName {
  namespace: string;
  /** Empty: of whatever kind. */
  kind: string;
  name: string;
}

/** Reads NAMESPACE/name or NAMESPACE/Kind/name. */
export function workloadNameOf(option: string, text: string): WorkloadName {
  const parts = text.split('/');
  if (parts.length < 2 || parts.length > 3 || parts.includes('')) {
    throw new UsageError(
      `${option} ${text} is neither NAMESPACE/name nor NAMESPACE/Kind/name`,
    );
  }
  const [namespace, ...rest] = parts;
  const [kind, name] = rest.length === 2 ? rest : ['', rest[0]];
  return { namespace, kind, name };
}
