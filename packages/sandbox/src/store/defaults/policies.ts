import { isRecord, listOf, recordOf, type JsonRecord } from '../values';
import { change, changeEach, fill } from './fill';

const RBAC = 'rbac.authorization.k8s.io';

export function bindingDefaults(binding: JsonRecord): JsonRecord {
  return changeEach(
    change(binding, 'roleRef', ref => fill(ref, { apiGroup: RBAC })),
    'subjects',
    subject =>
      fill(subject, {
        ...((subject.kind === 'User' || subject.kind === 'Group') && {
          apiGroup: RBAC,
        }),
      }),
  );
}

export function networkPolicyDefaults(spec: JsonRecord): JsonRecord {
  const egress = listOf(spec.egress).length > 0;
  const withPorts = (rule: JsonRecord) =>
    changeEach(rule, 'ports', port => fill(port, { protocol: 'TCP' }));
  return changeEach(
    changeEach(
      fill(spec, {
        podSelector: {},
        policyTypes: egress ? ['Ingress', 'Egress'] : ['Ingress'],
      }),
      'ingress',
      withPorts,
    ),
    'egress',
    withPorts,
  );
}

export function webhookDefaults(mutating: boolean) {
  return (configuration: JsonRecord): JsonRecord =>
    changeEach(configuration, 'webhooks', webhook =>
      changeEach(
        change(
          fill(webhook, {
            failurePolicy: 'Fail',
            matchPolicy: 'Equivalent',
            namespaceSelector: {},
            objectSelector: {},
            timeoutSeconds: 10,
            ...(mutating && { reinvocationPolicy: 'Never' }),
          }),
          'clientConfig',
          config =>
            change(config, 'service', service => fill(service, { port: 443 })),
        ),
        'rules',
        rule => fill(rule, { scope: '*' }),
      ),
    );
}

export function definitionDefaults(spec: JsonRecord): JsonRecord {
  return change(
    fill(spec, { conversion: { strategy: 'None' } }),
    'names',
    names =>
      typeof names.kind === 'string'
        ? fill(names, {
            singular: names.kind.toLowerCase(),
            listKind: `${names.kind}List`,
          })
        : names,
  );
}

/** What is written in clear is kept as bytes, over bytes of the same name. */
export function secretDefaults(secret: JsonRecord): JsonRecord {
  const { stringData, ...rest } = secret;
  if (!isRecord(stringData)) {
    return fill(rest, { type: 'Opaque' });
  }
  const encoded = Object.entries(stringData).map(([name, text]) => [
    name,
    Buffer.from(String(text)).toString('base64'),
  ]);
  return fill(
    {
      ...rest,
      data: { ...recordOf(rest.data), ...Object.fromEntries(encoded) },
    },
    { type: 'Opaque' },
  );
}

export function autoscalerDefaults(spec: JsonRecord): JsonRecord {
  return fill(spec, {
    minReplicas: 1,
    metrics: [
      {
        type: 'Resource',
        resource: {
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: 80 },
        },
      },
    ],
  });
}
