import { Answer } from '../contract/common';
import { Accepts, EnrolmentMode } from '../contract/mtls';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { PortAcceptance } from './MeshAdapter';
import { MeshPod } from './enrolment';
import { WorkloadPort } from './services';

/** What all pods together accept on a port: where they differ, one may get either kind of pod. */
export function acceptanceOf(
  snapshot: MeshSnapshot,
  pods: readonly MeshPod[],
  port: WorkloadPort,
): PortAcceptance {
  if (port.transport !== 'TCP') {
    return {
      protocol: port.transport.toLowerCase(),
      accepts: {
        value: 'plaintext-only',
        reasons: [
          {
            rule: 'mesh/accepts/not-tcp',
            text: `Meshes carry TCP only; ${port.transport} goes past the proxy`,
          },
        ],
      },
    };
  }
  const perPod = pods.map(({ pod, mesh, enrolment }) =>
    mesh && enrolment.mode.value !== 'none'
      ? mesh.accepts(snapshot, pod, port.port, enrolment.mode.value)
      : outsideAcceptance(enrolment.mode),
  );
  const groups = new Map<string, PortAcceptance[]>();
  for (const acceptance of perPod) {
    const key = `${acceptance.accepts.value} ${acceptance.accepts.term ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), acceptance]);
  }
  const distinct = [...groups.values()];
  return distinct.length === 1
    ? distinct[0][0]
    : mixedAcceptance(distinct, perPod.length);
}

function outsideAcceptance(mode: Answer<EnrolmentMode>): PortAcceptance {
  return {
    protocol: 'tcp',
    accepts:
      mode.value === 'unknown'
        ? { value: 'unknown', cause: mode.cause, reasons: mode.reasons }
        : { value: 'plaintext-only', reasons: mode.reasons },
  };
}

function mixedAcceptance(
  groups: readonly PortAcceptance[][],
  total: number,
): PortAcceptance {
  const values = new Set(groups.map(([{ accepts }]) => accepts.value));
  const unread = groups.find(([{ accepts }]) => accepts.value === 'unknown');
  let value: Accepts;
  if (values.size === 1) {
    [value] = values;
  } else {
    value = unread ? 'unknown' : 'mtls-or-plaintext';
  }
  return {
    protocol: groups[0][0].protocol,
    accepts: {
      value,
      ...(unread && { cause: unread[0].accepts.cause }),
      term:
        groups.flatMap(([{ accepts }]) => accepts.term ?? []).join(', ') ||
        undefined,
      reasons: groups.flatMap(group => {
        const [reason] = group[0].accepts.reasons;
        return reason
          ? [
              {
                ...reason,
                text: `${group.length} of ${total} pods: ${reason.text}`,
              },
            ]
          : [];
      }),
    },
  };
}
