import {
  hostRouting,
  MESHES,
  MeshSnapshot,
  parsePlace,
  Place,
  Service,
  serviceRouting,
  ServiceRoutes,
  UnknownPlaceError,
} from 'backstage-plugin-mesh-common';
import { EXIT } from '../exitCodes';
import { load, LoadOptions } from '../input/load';
import { reportInput } from '../output/problems';
import { gatewayText, routesText } from '../output/routesText';
import { Terminal } from '../terminal';
import { UsageError } from '../usageError';
import { gatewayAnswer, GatewayQuestion } from './gatewayRoutes';

export interface RoutesOptions extends LoadOptions, GatewayQuestion {
  output: 'text' | 'json';
  namespace?: string;
  service?: string;
  from?: string;
}

/** `mesh routes`: the effective routes of the Services and other hosts of the files, or all rules of a gateway for a host. */
export async function routes(
  paths: readonly string[],
  options: RoutesOptions,
  terminal: Terminal,
): Promise<number> {
  const input = await load(paths, options, terminal);
  reportInput(input, terminal);
  const { snapshot } = input;
  if (options.gateway !== undefined) {
    const answer = gatewayAnswer(snapshot, options);
    terminal.out(
      options.output === 'json'
        ? JSON.stringify({ version: 1, gateway: answer }, undefined, 2)
        : gatewayText(answer, input, terminal),
    );
    return input.problems.length > 0 ? EXIT.found : EXIT.ok;
  }
  const place = placeOf(snapshot, options.from);
  const answers = [
    ...servicesOf(snapshot, options).map(service =>
      serviceRouting(snapshot, service, MESHES, place),
    ),
    ...hostsOf(snapshot, options, place),
  ];
  if (answers.length === 0) {
    throw new UsageError(
      `there is no Service or ServiceEntry${
        options.service ? ` of the name ${options.service}` : ''
      }${
        options.namespace ? ` in namespace ${options.namespace}` : ''
      } in the input`,
    );
  }
  terminal.out(
    options.output === 'json'
      ? JSON.stringify({ version: 1, services: answers }, undefined, 2)
      : routesText(answers, input, terminal),
  );
  return input.problems.length > 0 ? EXIT.found : EXIT.ok;
}

function placeOf(
  snapshot: MeshSnapshot,
  from: string | undefined,
): Place | undefined {
  if (from === undefined) {
    return undefined;
  }
  if (!/^[^/]+(?:\/[^/]+\/[^/]+)?$/.test(from)) {
    throw new UsageError(
      `--from ${from} is neither NAMESPACE nor NAMESPACE/Kind/name`,
    );
  }
  try {
    return parsePlace(snapshot, from);
  } catch (error) {
    if (error instanceof UnknownPlaceError) {
      throw new UsageError(
        `--from ${from}: there is no such workload in the input`,
      );
    }
    throw error;
  }
}

function servicesOf(
  snapshot: MeshSnapshot,
  { namespace, service }: RoutesOptions,
): Service[] {
  return [...snapshot.list('Service', namespace)]
    .filter(
      ({ metadata }) => service === undefined || metadata.name === service,
    )
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

/** The routes to the hosts that no Service has, such as those of ServiceEntries. */
function hostsOf(
  snapshot: MeshSnapshot,
  { namespace, service }: RoutesOptions,
  place: Place | undefined,
): ServiceRoutes[] {
  return hostRouting(
    snapshot,
    namespace === undefined ? {} : { namespace },
    MESHES,
    place,
  ).filter(({ host }) => service === undefined || host === service);
}

function keyOf({ metadata }: Service): string {
  return `${metadata.namespace}/${metadata.name}`;
}
