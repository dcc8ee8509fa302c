import { Random } from '../random';
import { timestamp } from './metadata';

type Fields = { [path: string]: Fields };

/** Who wrote which field of a pod: a fifth of what the API gives of one. */
export function managedFields(proxy: string | undefined, random: Random) {
  const entry = (manager: string, fieldsV1: Fields, subresource?: string) => ({
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: timestamp(random),
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(subresource && { subresource }),
  });
  return [
    entry('kube-controller-manager', {
      'f:metadata': {
        'f:annotations': written('checksum/config', '.'),
        'f:generateName': {},
        'f:labels': written('.', 'app', 'pod-template-hash', 'version'),
        'f:ownerReferences': { 'k:{"uid":"00000000"}': {} },
      },
      'f:spec': {
        'f:containers': {
          'k:{"name":"app"}': {
            ...written('.', 'image', 'imagePullPolicy', 'name'),
            ...written('resources', 'securityContext', 'volumeMounts'),
            ...written('livenessProbe', 'readinessProbe', 'startupProbe'),
            'f:ports': {
              '.': {},
              'k:{"containerPort":8080,"protocol":"TCP"}': written(
                '.',
                'containerPort',
                'name',
                'protocol',
              ),
            },
          },
          ...(proxy && {
            [`k:{"name":"${proxy}"}`]: written('.', 'args', 'env', 'image'),
          }),
        },
        ...written('dnsPolicy', 'enableServiceLinks', 'restartPolicy'),
        ...written('schedulerName', 'securityContext', 'serviceAccount'),
        ...written('serviceAccountName', 'terminationGracePeriodSeconds'),
        'f:volumes': written('.', 'k:{"name":"config"}', 'k:{"name":"tmp"}'),
      },
    }),
    entry(
      'kubelet',
      {
        'f:status': {
          'f:conditions': Object.fromEntries(
            ['ContainersReady', 'Initialized', 'Ready'].map(type => [
              `k:{"type":"${type}"}`,
              written('.', 'lastProbeTime', 'lastTransitionTime', 'status'),
            ]),
          ),
          ...written('containerStatuses', 'hostIP', 'hostIPs', 'phase'),
          ...written('podIP', 'podIPs', 'startTime'),
        },
      },
      'status',
    ),
  ];
}

function written(...names: string[]): Fields {
  return Object.fromEntries(
    names.map(name => [/^(\.$|k:)/.test(name) ? name : `f:${name}`, {}]),
  );
}
