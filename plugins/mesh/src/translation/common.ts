export const commonMessages = {
  page: {
    title: 'Mesh',
    subtitle: 'What Istio and Linkerd do for your services',
    help: 'Help',
    overview: 'Overview',
    services: 'Services',
    tabs: 'Parts of the mesh page',
  },
  tabs: {
    mtls: 'mTLS',
    routing: 'Routing',
  },
  table: {
    csv: 'Download as CSV',
    scroll: '{{caption}}, scrolls sideways',
  },
  answer: {
    why: 'Why?',
    whyOf: 'Why: {{title}}',
    predicted: 'predicted',
    predictedHint:
      'No controller has written a status yet; this is what it would write',
    mayDiffer: 'may differ',
    unknown: 'unknown',
  },
  cause: {
    absent: 'not installed',
    forbidden: 'forbidden',
    unreachable: 'unreachable',
    stale: 'stale',
    malformed: 'malformed',
    'not-measured': 'not measured',
    'not-modelled': 'no rule for it yet',
  },
  verdict: {
    protected: 'Protected',
    'mtls-in-use': 'mTLS in use',
    unknown: 'Unknown',
    'in-part': 'Protected in part',
    unprotected: 'Not protected',
    'not-in-mesh': 'Not in a mesh',
  },
  level: {
    error: 'Error',
    warning: 'Warning',
    info: 'Info',
    errors_one: '{{count}} error',
    errors_other: '{{count}} errors',
    warnings_one: '{{count}} warning',
    warnings_other: '{{count}} warnings',
    infos_one: '{{count}} note',
    infos_other: '{{count}} notes',
    none: 'none',
  },
  live: {
    checked: 'Checked {{ago}}',
    refresh: 'Check again',
    measured: 'Measured {{ago}}',
  },
  list: {
    and: '{{first}} and {{second}}',
  },
} as const;
