export const callerMessages = {
  title: 'Who may call',
  mayCall: 'May {{caller}} call?',
  or: ' or ',
  not: 'not {{condition}}',
  hiddenIdentities_one: '{{count}} identity that you may not see',
  hiddenIdentities_other: '{{count}} identities that you may not see',
  sentence: {
    everybody: 'Everybody may call: no rule keeps anybody out.',
    nobody: 'Nobody may call.',
    named_one:
      'Only {{count}} known caller may call: the one that the rules name.',
    named_other:
      'Only {{count}} known callers may call, as the rules name them.',
    mesh: 'Callers of the mesh may call, some on conditions; from outside the mesh nobody may.',
    some: 'Some may call: it depends on who, and on the request.',
    unknown: 'Unknown: what decides who may call could not be read.',
  },
  decision: {
    allowed: 'allowed',
    denied: 'denied',
    depends: 'depends on the request',
    unknown: 'unknown',
  },
  requests: {
    all: 'every request',
    none: 'none',
    except: 'but {{condition}}: denied',
  },
  presence: {
    running: 'running',
    'no-pods': 'It has no pods now',
    'no-workload': 'It has no workload on this cluster',
  },
  declared: { yes: 'declared', no: 'not declared' },
  drift: {
    count_one:
      '{{count}} caller about whom the catalog, the rules and the traffic disagree',
    count_other:
      '{{count}} callers about whom the catalog, the rules and the traffic disagree',
    'declared-not-allowed':
      'The catalog declares this caller, but it may not call',
    'allowed-not-declared':
      'A rule lets this caller in, but the catalog does not declare it',
    'observed-only':
      'It was seen calling, but neither the catalog nor a rule names it',
  },
  hidden_one:
    '{{count}} more caller of {{workload}} that you may not see in the catalog',
  hidden_other:
    '{{count}} more callers of {{workload}} that you may not see in the catalog',
  subjects: {
    identity: '{{values}}',
    namespace: 'namespace {{values}}',
    'service-account': 'service account {{values}}',
    'trust-domain': 'trust domain {{values}}',
    'source-ip': 'address {{values}}',
    'remote-ip': 'original address {{values}}',
    'destination-ip': 'own address {{values}}',
    port: 'port {{values}}',
    sni: 'SNI {{values}}',
    protocol: 'speaks {{values}}',
    method: '{{values}}',
    path: '{{values}}',
    host: 'host {{values}}',
    header: 'header {{name}} = {{values}}',
    query: 'query {{name}} = {{values}}',
    token: 'token of {{values}}',
    audience: 'token for {{values}}',
    presenter: 'token presented by {{values}}',
    claim: 'claim {{name}} = {{values}}',
    provider: 'the external authorizer {{values}} refuses',
    other: '{{name}} = {{values}}',
  },
  rules: {
    title: 'Rules as written',
    caption:
      'The rules about who may call, in the order in which the mesh looks at them',
    none: 'No rule is about who may call.',
    anybody: 'anybody',
    nobody: 'nobody',
    enforcedBy: 'by {{proxy}}',
    columns: {
      effect: 'Rule',
      from: 'Callers',
      requests: 'Requests',
      written: 'Written in',
      on: 'Applies to',
    },
    effects: {
      allow: 'lets in',
      deny: 'denies',
      audit: 'logs only',
      custom: 'asks an external authorizer',
      default: 'everybody else',
    },
    states: {
      enforced: 'enforced',
      'dry-run': 'only tried (dry run)',
      'no-effect': 'has no effect',
    },
  },
  table: {
    title: 'Callers',
    caption:
      'Who may call, decided by what, seen or not, declared in the catalog or not',
    columns: {
      caller: 'Caller',
      to: 'Calls',
      decision: 'Decision',
      requests: 'Requests',
      decidedBy: 'Decided by',
      seen: 'Seen, last {{window}}',
      declared: 'In the catalog',
    },
  },
} as const;
