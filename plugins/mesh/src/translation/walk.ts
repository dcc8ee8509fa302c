export const walkMessages = {
  title: 'Try a request to {{service}}',
  hint: 'What becomes of one request to {{service}}, step by step, as it is configured. Nothing is sent.',
  from: {
    label: 'From',
    hint: 'The workload that sends it, or the Gateway by which it comes in, as namespace/kind/name.',
    invalid:
      'Write a workload such as shop/Deployment/productpage, or a Gateway such as ingress/Gateway/public.',
  },
  host: {
    label: 'Host',
    invalid: 'Write the name that the request is sent to, without a port.',
  },
  cluster: 'Cluster',
  method: 'Method',
  port: 'Port',
  path: {
    label: 'Path',
    invalid: 'A path begins with / and has no spaces.',
  },
  headers: {
    label: 'Headers',
    hint: 'One a line, such as end-user: jason.',
    invalid: '{{line}} is not a header such as end-user: jason.',
    host: 'The host has a field of its own.',
    credentials: 'No credentials here: give the claims of the token instead.',
  },
  jwt: {
    label: 'Claims of the token',
    hint: 'As JSON, where the request carries one.',
    invalid: 'This is no JSON object.',
  },
  walk: 'Walk it',
  clear: 'Clear',
  none: 'Nobody has been asked yet: say which request, and walk it.',
  step: {
    host: 'Host',
    route: 'Route',
    destination: 'Destination',
    security: 'Security',
    authorization: 'Authorization',
    resilience: 'Resilience',
  },
  stepOf: '{{step}} of {{method}} {{path}}',
  steps: 'Steps of the request',
  branch: '{{percent}} to {{host}}',
  branchSubset: '{{percent}} to {{host}}, subset {{subset}}',
  nowhere: 'nowhere',
  seenAs:
    'The server sees {{identity}}: it is {{gateway}} that connects to it, not the client.',
  mirror: 'A copy of {{percent}} goes to {{host}}; its answers are dropped.',
  outcome: {
    delivered: 'Delivered',
    redirect: 'Redirected',
    'direct-response': 'Answered by the proxy',
    'no-route': 'No route',
    denied: 'Denied',
    failed: 'Fails',
    unmeshed: 'Past the mesh',
    depends: 'It depends',
    unknown: 'Not known',
  },
  result: '{{outcome}}: {{summary}}',
  hidden_one:
    '{{count}} workload that would answer is one that you may not see in the catalog.',
  hidden_other:
    '{{count}} workloads that would answer are ones that you may not see in the catalog.',
  mark: {
    ok: 'goes on',
    ends: 'ends here',
    depends: 'depends',
    unknown: 'not known',
  },
} as const;
