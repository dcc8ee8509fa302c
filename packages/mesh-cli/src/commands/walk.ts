import {
  MESHES,
  requestWalk,
  UnknownPlaceError,
  WalkRequest,
  walkRequestSchema,
} from 'backstage-plugin-mesh-common';
import { EXIT } from '../exitCodes';
import { load, LoadOptions } from '../input/load';
import { reportInput } from '../output/problems';
import { walkText } from '../output/walkText';
import { Terminal } from '../terminal';
import { UsageError } from '../usageError';
import {
  claimsOf,
  headersOf,
  RequestOptions,
  workloadNameOf,
} from './requestOptions';

export interface WalkOptions extends LoadOptions, RequestOptions {
  output: 'text' | 'json';
  url: string;
  from?: string;
  gateway?: string;
  sourceIp?: string;
}

/** `mesh walk`: what becomes of one request, step by step. */
export async function walk(
  paths: readonly string[],
  options: WalkOptions,
  terminal: Terminal,
): Promise<number> {
  const input = await load(paths, options, terminal);
  reportInput(input, terminal);
  const { snapshot } = input;
  const jwt = await claimsOf(options, terminal);
  const request = walkRequestSchema.parse({
    from: fromOf(options, snapshot.cluster),
    ...placeOf(options.url),
    method: options.method.toUpperCase(),
    headers: headersOf(options),
    ...(jwt && { jwt }),
  });
  const answer = walkedOrRefused(() => requestWalk(snapshot, request, MESHES));
  terminal.out(
    options.output === 'json'
      ? JSON.stringify({ version: 1, walk: answer }, undefined, 2)
      : walkText(answer, input, terminal),
  );
  return input.problems.length > 0 ? EXIT.found : EXIT.ok;
}

function walkedOrRefused<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof UnknownPlaceError) {
      throw new UsageError(
        error.message.replace(/ on the cluster .*$/, ' in the input'),
      );
    }
    throw error;
  }
}

function fromOf(
  { from, gateway, sourceIp }: WalkOptions,
  cluster: string,
): WalkRequest['from'] {
  if ((from === undefined) === (gateway === undefined)) {
    throw new UsageError(
      'give either --from NAMESPACE/name, the workload that sends the request, or --gateway NAMESPACE/name, through which it comes in',
    );
  }
  if (from !== undefined) {
    return { workload: { cluster, ...workloadNameOf('--from', from) } };
  }
  const [namespace, name, ...rest] = (gateway ?? '').split('/');
  if (!namespace || !name || rest.length > 0) {
    throw new UsageError(`--gateway ${gateway} is not NAMESPACE/name`);
  }
  return { gateway: { namespace, name }, ...(sourceIp && { sourceIp }) };
}

const PROTOCOLS: Readonly<
  Record<string, { protocol: WalkRequest['protocol']; port: number }>
> = {
  'http:': { protocol: 'http', port: 80 },
  'https:': { protocol: 'tls', port: 443 },
  'tcp:': { protocol: 'tcp', port: 0 },
};

/** What a URL says of where a request goes. */
export function placeOf(
  text: string,
): Pick<WalkRequest, 'protocol' | 'host' | 'port' | 'path'> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known = url && PROTOCOLS[url.protocol];
  const port = Number(url?.port || known?.port);
  if (!url || !known || !url.hostname || !port) {
    throw new UsageError(
      `--url ${text} is not one such as http://reviews.shop:9080/reviews/1, https://host/ or tcp://host:port`,
    );
  }
  return {
    protocol: known.protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    path: `${url.pathname || '/'}${url.search}`,
  };
}
