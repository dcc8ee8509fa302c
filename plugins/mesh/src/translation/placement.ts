export const placementMessages = {
  title: 'Place',
  cluster: 'Cluster',
  namespace: 'Namespace',
  clusterHint: 'As the portal calls it. Which mesh runs there is looked up.',
  namespaceHint: 'It must be there, and in a mesh.',
  loading: 'Asking which clusters and namespaces there are',
  typed:
    'Type the names: they are checked when the task runs, which then says what is wrong.',
  nothing: 'There is no namespace to offer',
  nothingHint:
    'You may know of the namespaces where an entity runs that you may read in the catalog.',
  nothingOn: 'There is no namespace of {{cluster}} to offer.',
  notBackend: 'The mesh backend did not answer',
  notBackendHint: 'The backend of the portal does not run the mesh plugin.',
  found: 'A new pod there is carried by {{mesh}} ({{mode}}).',
  waypoint: 'Requests go through the waypoint {{waypoint}}.',
  noMesh: 'No mesh would carry a new pod there.',
  unknownMesh: 'It is not known which mesh would carry a new pod there.',
  option: '{{mesh}} ({{mode}})',
  optionNone: 'no mesh',
  optionUnknown: 'mesh not known',
  problem: {
    clusterMissing: 'Cluster: give the name of a cluster',
    namespaceMissing: 'Namespace: give the name of a namespace',
    clusterLong: 'Cluster: at most {{max}} characters on one line are allowed',
    namespaceName:
      'Namespace: a name has lower case letters, digits and "-", and at most 63 of them',
    noCluster:
      'Cluster: there is no cluster {{cluster}}; there are: {{clusters}}',
    noNamespace:
      'Namespace: there is no namespace {{namespace}} on {{cluster}} that you may know of',
    noMesh:
      'Namespace: no mesh would carry a new pod of {{namespace}} on {{cluster}}; enrol the namespace first',
  },
} as const;
