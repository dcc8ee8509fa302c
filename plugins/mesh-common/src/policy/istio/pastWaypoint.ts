import { EnrolmentMode } from '../../contract/mtls';
import { PolicyCaller } from '../intent';

/** Of the mesh, and not in ambient mode: their proxies connect to the pods, whatever waypoint there is. */
const PAST: readonly EnrolmentMode[] = ['sidecar', 'gateway'];

/** The callers that go past a waypoint, with some of their pods at least. */
export function callersPast(callers: readonly PolicyCaller[]): PolicyCaller[] {
  return callers.filter(({ modes = [] }) =>
    modes.some(mode => PAST.includes(mode)),
  );
}

/** Which callers go past the waypoint and what that means, and of which it is not known. */
export function pastNotes(
  callers: readonly PolicyCaller[],
  waypoint: string,
): string[] {
  return [
    ...callersPast(callers).map(
      caller =>
        `${nameOf(caller)} (${modesOf(
          caller,
        )}) goes past the waypoint ${waypoint} straight to the pods and is let in there by its identity: of the rules only those for connections (L4) hold for it, none of the waypoint`,
    ),
    ...callers
      .filter(isUnknown)
      .map(
        caller =>
          `It is not known how ${nameOf(
            caller,
          )} takes part in the mesh: unless it does so in ambient mode, it goes past the waypoint ${waypoint} and is refused at the pods`,
      ),
  ];
}

function isUnknown({ modes = [] }: PolicyCaller): boolean {
  const past = modes.some(mode => PAST.includes(mode));
  return !past && (modes.length === 0 || modes.includes('unknown'));
}

function modesOf({ modes = [] }: PolicyCaller): string {
  return modes.filter(mode => PAST.includes(mode)).join(', ');
}

function nameOf({
  entityRef,
  namespace,
  serviceAccount,
}: PolicyCaller): string {
  const account = `${namespace}/${serviceAccount}`;
  return entityRef ? `${entityRef}, account ${account},` : account;
}
