import { ConfigMap } from '../../../kubernetes/core';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { allowed, denied } from '../../whoMayCall/decision';
import { PortAuthorization } from '../../whoMayCall/PortAuthorization';
import { callersOf, settingReason } from './settings';

/** Those may call whom the settings of the namespace name; everybody where they name nobody. */
export function authorization(
  snapshot: MeshSnapshot,
  settings: ConfigMap | undefined,
): PortAuthorization {
  const callers = callersOf(settings);
  const reason = settingReason(
    snapshot,
    settings,
    'callers',
    callers ? `${callers.join(' and ')} may call` : 'Everybody may call',
  );
  return {
    rules: callers
      ? [
          {
            effect: 'allow',
            term: 'callers',
            state: 'enforced',
            from: [[{ subject: 'identity', operator: 'in', values: callers }]],
            requests: [[]],
            reason,
          },
        ]
      : [],
    decide: ({ peer }) =>
      !callers || (peer.type === 'identity' && callers.includes(peer.identity))
        ? allowed([reason])
        : denied([reason]),
  };
}
