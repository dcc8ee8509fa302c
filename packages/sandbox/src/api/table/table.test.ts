import { parse } from 'yaml';
import { createObjectStore } from '../../store/objectStore';
import { columnsOf } from './table';

const NOW = new Date('2026-01-01T01:00:00Z');
const store = createObjectStore();

function printed(group: string, yaml: string): Record<string, unknown> {
  const object = parse(yaml);
  const resource = store.resourceOf(group, object.kind);
  if (!resource) {
    throw new Error(`${object.kind} is not served`);
  }
  return Object.fromEntries(
    columnsOf(resource, resource.versions[0], store).map(({ name, cell }) => [
      name,
      cell(
        {
          ...object,
          metadata: {
            name: 'x',
            creationTimestamp: '2026-01-01T00:00:00Z',
            ...object.metadata,
          },
        },
        NOW,
      ),
    ]),
  );
}

it.each([
  [
    '',
    '{kind: Service, spec: {type: NodePort, clusterIP: 10.0.0.1, ports: [{port: 80, nodePort: 30000, protocol: TCP}], selector: {b: c, a: b}}}',
    {
      Type: 'NodePort',
      'Cluster-IP': '10.0.0.1',
      'External-IP': '<none>',
      'Port(s)': '80:30000/TCP',
      Selector: 'a=b,b=c',
    },
  ],
  [
    '',
    '{kind: Service, spec: {type: LoadBalancer, ports: []}}',
    { 'External-IP': '<pending>', 'Port(s)': '<none>' },
  ],
  [
    '',
    '{kind: Service, spec: {type: LoadBalancer}, status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}}',
    { 'External-IP': '1.2.3.4' },
  ],
  [
    '',
    '{kind: Service, spec: {type: ExternalName, externalName: a.b}}',
    { 'External-IP': 'a.b', Selector: '<none>' },
  ],
  [
    '',
    '{kind: Node, metadata: {labels: {node-role.kubernetes.io/control-plane: ""}}, spec: {unschedulable: true}, status: {conditions: [{type: Ready, status: "True"}], nodeInfo: {kubeletVersion: v1.35.0}, addresses: [{type: InternalIP, address: 10.0.0.2}]}}',
    {
      Status: 'Ready,SchedulingDisabled',
      Roles: 'control-plane',
      Version: 'v1.35.0',
      'Internal-IP': '10.0.0.2',
      'External-IP': '<none>',
      'OS-Image': '<unknown>',
    },
  ],
  ['', '{kind: Node}', { Status: 'Unknown', Roles: '<none>' }],
  ['', '{kind: ConfigMap, data: {a: b}, binaryData: {c: ZA==}}', { Data: 2 }],
  [
    '',
    '{kind: Endpoints, subsets: [{addresses: [{ip: 1.1.1.1}, {ip: 1.1.1.2}], ports: [{port: 80}, {port: 81}]}]}',
    { Endpoints: '1.1.1.1:80,1.1.1.2:80,1.1.1.1:81 + 1 more...' },
  ],
  [
    '',
    '{kind: Event, involvedObject: {kind: Pod, name: p}, type: Warning, reason: Failed, message: " no ", lastTimestamp: "2026-01-01T00:58:00Z"}',
    { 'Last Seen': '2m', Object: 'pod/p', Message: 'no', Count: 1 },
  ],
  [
    'apps',
    '{kind: DaemonSet, spec: {selector: {matchLabels: {a: b}}, template: {spec: {containers: [{name: c, image: i}]}}}, status: {desiredNumberScheduled: 2, numberReady: 1}}',
    {
      Desired: 2,
      Ready: 1,
      'Node Selector': '<none>',
      Images: 'i',
      Selector: 'a=b',
    },
  ],
  [
    'batch',
    '{kind: Job, spec: {completions: 1}, status: {succeeded: 1, startTime: "2026-01-01T00:00:00Z", completionTime: "2026-01-01T00:01:00Z", conditions: [{type: Complete, status: "True"}]}}',
    { Status: 'Complete', Completions: '1/1', Duration: '60s' },
  ],
  [
    'batch',
    '{kind: CronJob, spec: {schedule: "* * * * *", suspend: false}}',
    { Suspend: 'False', Active: 0, 'Last Schedule': '<none>' },
  ],
  [
    'autoscaling',
    '{kind: HorizontalPodAutoscaler, spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: d}, metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 80}}}]}}',
    {
      Reference: 'Deployment/d',
      Targets: 'cpu: <unknown>/80%',
      MinPods: '<unset>',
      MaxPods: 3,
    },
  ],
  [
    'policy',
    '{kind: PodDisruptionBudget, spec: {minAvailable: 1}}',
    {
      'Min Available': '1',
      'Max Unavailable': 'N/A',
      'Allowed Disruptions': 0,
    },
  ],
  [
    'networking.k8s.io',
    '{kind: Ingress, spec: {rules: [{host: a}, {}], tls: [{}]}}',
    { Class: '<none>', Hosts: 'a', Ports: '80, 443' },
  ],
  [
    'networking.k8s.io',
    '{kind: NetworkPolicy, spec: {podSelector: {}}}',
    { 'Pod-Selector': '<none>' },
  ],
  [
    'discovery.k8s.io',
    '{kind: EndpointSlice, addressType: IPv4, endpoints: [{addresses: [1.1.1.1]}], ports: [{port: 80}]}',
    { AddressType: 'IPv4', Ports: '80', Endpoints: '1.1.1.1' },
  ],
  [
    'rbac.authorization.k8s.io',
    '{kind: RoleBinding, roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: u}, {kind: ServiceAccount, name: s, namespace: n}]}',
    { Role: 'Role/r', Users: 'u', ServiceAccounts: 'n/s' },
  ],
  [
    'admissionregistration.k8s.io',
    '{kind: MutatingWebhookConfiguration, webhooks: [{}, {}]}',
    { Webhooks: 2 },
  ],
  [
    'coordination.k8s.io',
    '{kind: Lease, spec: {holderIdentity: h}}',
    { Holder: 'h' },
  ],
])('%s %s', (group, yaml, expected) => {
  expect(printed(group, yaml)).toMatchObject(expected);
});
