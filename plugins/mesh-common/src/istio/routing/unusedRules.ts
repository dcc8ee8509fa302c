import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isHttp, isTls, Protocol } from '../protocol';
import { Candidates } from './candidates';
import { objectReason, titleOf } from './source';

const RULE = 'istio/routes';

/** HTTP rules of sources for a port that carries no HTTP. */
export function unusedHttp(
  snapshot: MeshSnapshot,
  protocol: Protocol,
  { sources }: Candidates,
): Reason[] {
  return reasonsFor(
    snapshot,
    sources.filter(source => source.rules().rules.length > 0),
    title =>
      `The HTTP rules of ${title} have no effect here: the port is ${protocol}`,
  );
}

/** TCPRoutes and TLSRoutes are for connections that are not looked into: of ports with another protocol they are not. */
export function unusedConnections(
  snapshot: MeshSnapshot,
  protocol: Protocol,
  { sources }: Candidates,
): Reason[] {
  const kind = isTls(protocol) ? 'tls' : 'tcp';
  return reasonsFor(
    snapshot,
    sources.filter(
      ({ connections }) =>
        connections && (isHttp(protocol) || connections[kind].length === 0),
    ),
    title => `${title} has no effect here: the port is ${protocol}`,
  );
}

function reasonsFor(
  snapshot: MeshSnapshot,
  sources: Candidates['sources'],
  textOf: (title: string) => string,
): Reason[] {
  return sources
    .flatMap(({ objects }) => objects)
    .map(written =>
      objectReason(snapshot, written, RULE, textOf(titleOf(written))),
    );
}
