export const stateMessages = {
  loading: 'Loading {{what}}',
  retry: 'Try again',
  what: {
    mtls: 'what the workloads of this entity accept and their clients send',
    callers: 'who may call the workloads of this entity',
    observedMtls: 'what was observed on the wire',
    findings: 'the findings',
    routing: 'the routes of this entity',
    observedRouting: 'where requests went',
    walk: 'what becomes of the request',
    object: 'the object',
    traces: 'the traces of this entity',
    traceOperations: 'the operations of this service',
    trace: 'the trace',
    identities: 'the identities of this entity',
    placements: 'where workloads would run',
    fleetClusters: 'the clusters',
    observedFleetClusters: 'what control planes say in their metrics',
    fleetServices: 'the services',
    readiness: 'the checklist of this entity',
    fleetReadiness: 'the checklists',
  },
  error: {
    title: 'Could not load {{what}}',
  },
  refreshFailed: {
    title: 'This picture is old: it could not be refreshed',
    text: 'It was last confirmed {{ago}}.',
  },
  forbidden: {
    title: 'You may not see {{what}}',
    fleet:
      'It needs the permission mesh.fleet.read. The administrators of this portal can give it to you.',
    other: 'The administrators of this portal can say what it needs.',
  },
  notFound: {
    entity: 'The mesh backend did not find this entity',
    entityHint:
      'The catalog has no {{entityRef}}, or you may not read it there. Where this happens for every entity, the backend of the portal does not run the mesh plugin.',
    object: 'The object was not found',
    objectHint:
      'It is not there any more, or no answer about this entity names it.',
    fleet: 'The mesh backend did not answer',
    fleetHint: 'The backend of the portal does not run the mesh plugin.',
  },
  cluster: {
    listProblem: 'It is not known which clusters there are',
    title: {
      syncing: '{{cluster}} is still being read',
      partial: '{{cluster}} could be read in part only',
      stale: '{{cluster}} does not answer any more',
      unreachable: '{{cluster}} cannot be reached',
      'unsupported-auth': '{{cluster}} needs your own credentials',
    },
    word: {
      synced: 'Up to date',
      syncing: 'Being read',
      partial: 'In part',
      stale: 'Stale',
      unreachable: 'Unreachable',
      'unsupported-auth': 'Not supported',
    },
    since: 'Since {{ago}}.',
    staleEffect: 'What is shown of it is as old as that.',
    unreachableEffect: 'Nothing of it is shown here.',
    unsupportedEffect:
      'The mesh backend reads clusters with its own credentials, so nothing of this one is shown.',
    unread_one: '{{count}} kind could not be read',
    unread_other: '{{count}} kinds could not be read',
  },
  scope: {
    title: 'Not everything that the annotations ask for is shown',
    remedy:
      'The administrators of this portal decide which namespaces an entity or its owner may reach.',
  },
  annotation: {
    either:
      'One of the two annotations is enough: the value of the label backstage.io/kubernetes-id of the workloads, or a selector of their labels.',
    unreadable: 'The annotation {{annotation}} cannot be read',
  },
  empty: {
    title: 'No workloads found',
    lookedFor: 'Looked for pods and controllers with these labels:',
    selector: 'Labels',
    namespace: 'Namespace',
    cluster: 'Cluster',
    allNamespaces: 'all namespaces',
    allClusters: 'all clusters',
    remedy:
      'Put these labels on the pods of the service, or correct the annotations of the entity. This page follows by itself.',
    incomplete:
      'Not everything could be read, so the workloads may be there all the same.',
    docs: 'How entities are matched with workloads',
  },
  enrol: {
    title_one: '{{count}} workload is not in a mesh',
    title_other: '{{count}} workloads are not in a mesh',
    intro: 'How to take {{workload}} into a mesh',
    sidecar: '{{mesh}}, with a sidecar in each pod',
    ambient: '{{mesh}}, ambient: the whole namespace, without sidecars',
    restart:
      'Pods get their proxy when they are made: restart the workload afterwards.',
    noRestart: 'Takes effect at once; pods need no restart.',
    copy: 'Copy the YAML',
    asked:
      'What is configured already asks for it. The pods that run are still outside, as those are that were made before: make them anew.',
    copyCommand: 'Copy the command',
  },
} as const;
