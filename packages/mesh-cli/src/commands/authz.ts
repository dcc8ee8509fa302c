import {
  allWorkloads,
  evaluateCaller,
  MESHES,
  MeshSnapshot,
  Workload,
  workloadCallers,
} from 'backstage-plugin-mesh-common';
import { EXIT } from '../exitCodes';
import { load, LoadOptions } from '../input/load';
import { callersText, evaluationText } from '../output/authzText';
import { reportInput } from '../output/problems';
import { Terminal } from '../terminal';
import { UsageError } from '../usageError';
import {
  claimsOf,
  headersOf,
  RequestOptions,
  WorkloadName,
  workloadNameOf,
} from './requestOptions';

export interface AuthzOptions extends LoadOptions, RequestOptions {
  output: 'text' | 'json';
  namespace?: string;
  workload?: string;
  port?: string;
  from?: string;
  path?: string;
  host?: string;
}

/** `mesh authz`: who may call the workloads of the files, or whether one request is let in. */
export async function authz(
  paths: readonly string[],
  options: AuthzOptions,
  terminal: Terminal,
): Promise<number> {
  const input = await load(paths, options, terminal);
  reportInput(input, terminal);
  const workloads = workloadsOf(input.snapshot, options);
  const answer =
    options.from === undefined
      ? listed(input.snapshot, workloads, options)
      : await evaluated(
          input.snapshot,
          workloads,
          options,
          options.from,
          terminal,
        );
  const forPeople = () =>
    'evaluations' in answer
      ? evaluationText(answer.evaluations, input, terminal)
      : callersText(answer.workloads, input, terminal);
  terminal.out(
    options.output === 'json'
      ? JSON.stringify({ version: 1, ...answer }, undefined, 2)
      : forPeople(),
  );
  return input.problems.length > 0 ? EXIT.found : EXIT.ok;
}

function workloadsOf(
  snapshot: MeshSnapshot,
  { namespace, workload }: AuthzOptions,
): Workload[] {
  const found = [...allWorkloads(snapshot)]
    .filter(
      ({ ref }) =>
        (namespace === undefined || ref.namespace === namespace) &&
        (workload === undefined || ref.name === workload),
    )
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
  if (found.length === 0) {
    throw new UsageError(
      `there is no workload${workload ? ` of the name ${workload}` : ''}${
        namespace ? ` in namespace ${namespace}` : ''
      } in the input`,
    );
  }
  return found;
}

function keyOf({ ref }: Workload): string {
  return `${ref.namespace}/${ref.name}/${ref.kind}`;
}

function listed(
  snapshot: MeshSnapshot,
  workloads: readonly Workload[],
  options: AuthzOptions,
) {
  const port = portOf(options);
  return {
    workloads: workloads
      .map(workload => workloadCallers(snapshot, workload, MESHES, []))
      .map(answer =>
        port === undefined
          ? answer
          : {
              ...answer,
              ports: answer.ports.filter(one => one.port === port),
              callers: answer.callers.map(caller => ({
                ...caller,
                ports: caller.ports.filter(one => one.port === port),
              })),
            },
      ),
  };
}

async function evaluated(
  snapshot: MeshSnapshot,
  workloads: readonly Workload[],
  options: AuthzOptions,
  from: string,
  terminal: Terminal,
) {
  const caller =
    from === 'outside'
      ? undefined
      : callerOf(snapshot, workloadNameOf('--from', from), from);
  const jwt = await claimsOf(options, terminal);
  const { path, host } = options;
  const call = {
    protocol: 'http' as const,
    method: options.method.toUpperCase(),
    headers: lowerCase(headersOf(options)),
    tokens: jwt ? [{ claims: jwt }] : [],
    ...(path !== undefined && { path }),
    ...(host !== undefined && { host }),
  };
  const wanted = portOf(options);
  const evaluations = workloads.flatMap(workload => {
    const ports = workloadCallers(snapshot, workload, MESHES, [])
      .ports.map(({ port }) => port)
      .filter(port => wanted === undefined || port === wanted);
    return (ports.length === 0 && wanted ? [wanted] : ports).map(port => ({
      workload: workload.ref,
      port,
      from: caller?.ref ?? ('outside' as const),
      evaluation: evaluateCaller(
        snapshot,
        workload,
        port,
        caller,
        call,
        MESHES,
      ),
    }));
  });
  return { evaluations };
}

function callerOf(
  snapshot: MeshSnapshot,
  { namespace, kind, name }: WorkloadName,
  text: string,
): Workload {
  const found = [...allWorkloads(snapshot)].find(
    ({ ref }) =>
      ref.namespace === namespace &&
      ref.name === name &&
      (kind === '' || ref.kind === kind),
  );
  if (!found) {
    throw new UsageError(
      `--from ${text}: there is no such workload in the input (outside stands for a caller outside the mesh)`,
    );
  }
  return found;
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function portOf({ port }: AuthzOptions): number | undefined {
  if (port === undefined) {
    return undefined;
  }
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65535) {
    throw new UsageError(`--port ${port} is no port of a container`);
  }
  return number;
}
