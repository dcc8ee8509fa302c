import { WalkAnswer, WalkRequest, WalkStep } from '../../../contract/walk';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { WalkContext } from '../../MeshAdapter';
import { UnknownPlaceError } from '../../serviceRouting';
import { workloadsWithLabels } from '../../workloads';
import { targetOf } from './routes';
import { settingReason, settingsOf } from './settings';

/** The request goes where the settings of the client's namespace send it, and arrives where a pod of the mesh is. */
export function walk(
  snapshot: MeshSnapshot,
  request: WalkRequest,
  { client, serverOf }: WalkContext,
): WalkAnswer {
  const namespace = client?.namespace ?? 'default';
  const name = targetOf(snapshot, namespace, request.host) ?? request.host;
  const service = snapshot.get('Service', namespace, name);
  if (!service) {
    throw new UnknownPlaceError(`There is no Service ${namespace}/${name}`);
  }
  const workloads = workloadsWithLabels(
    snapshot,
    namespace,
    service.spec.selector ?? {},
  ).filter(({ pods }) =>
    pods.some(pod => serverOf(pod, snapshot).mesh?.id === 'arbor'),
  );
  const reasons = [
    settingReason(
      snapshot,
      settingsOf(snapshot, namespace),
      `route-${request.host}`,
      `The request goes to ${name}`,
    ),
  ];
  const outcome = workloads.length > 0 ? 'delivered' : 'unmeshed';
  const step: WalkStep = {
    step: 'route',
    result: 'ok',
    text: reasons[0].text,
    reasons,
  };
  return {
    request,
    mesh: 'arbor',
    outcome: { value: outcome, reasons },
    steps: [step],
    branches: [
      {
        percent: 100,
        workloads: workloads.map(({ ref }) => ref),
        sends: outcome === 'delivered' ? 'mtls' : 'plaintext',
        outcome,
        steps: [],
      },
    ],
    mirrors: [],
    summary: `${outcome}: ${reasons[0].text}`,
  };
}
