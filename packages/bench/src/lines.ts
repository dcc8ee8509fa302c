/** What one measurement in a process of its own says. */
export type MeasurementName =
  | 'analysis'
  | 'memory'
  | 'linkerdAnalysis'
  | 'linkerdMemory'
  | 'loop'
  | 'linkerdLoop'
  | 'cliStart'
  | 'cliAnalyze'
  | 'linkerdCliAnalyze';

/** One line of the report. */
export interface Line {
  name: string;
  unit: string;
  /** The value may not be above it; null: it is reported alone. */
  limit: number | null;
  /** What measures it. */
  measurement: MeasurementName;
  /** What is measured, for people. */
  about: string;
}

const PARSE = 'JSON.parse of the same bytes';

const ISTIO_LINES: readonly Line[] = [
  {
    name: 'analyze-full-L',
    unit: `of ${PARSE}`,
    limit: 1,
    measurement: 'analysis',
    about:
      'the first analysis of a fleet of size L from its parsed objects, with all indexes',
  },
  {
    name: 'analyze-growth',
    unit: 'times',
    limit: 12,
    measurement: 'analysis',
    about: 'what L costs against M, a tenth of it',
  },
  {
    name: 'analyze-one-policy',
    unit: `of ${PARSE}`,
    limit: 1 / 200,
    measurement: 'analysis',
    about: 'analysing again after a change to a policy of one namespace',
  },
  {
    name: 'analyze-one-pod',
    unit: `of ${PARSE}`,
    limit: 1 / 2_000,
    measurement: 'analysis',
    about: 'analysing again after a change to a Pod',
  },
  {
    name: 'analyze-root-policy',
    unit: `of ${PARSE}`,
    limit: null,
    measurement: 'analysis',
    about:
      'analysing again after a change to a policy of the root namespace or the mesh config',
  },
  {
    name: 'memory-L',
    unit: 'MB',
    limit: 700,
    measurement: 'memory',
    about:
      "the largest heap while the domain's objects of L are read and analysed",
  },
  {
    name: 'loop-block-p99.9',
    unit: 'ms',
    limit: 50,
    measurement: 'loop',
    about:
      'how long the event loop of the backend is held while it takes 48 changes of Pods and 2 of policies a second at L',
  },
  {
    name: 'loop-block-max',
    unit: 'ms',
    limit: null,
    measurement: 'loop',
    about: 'the longest of these',
  },
  {
    name: 'cli-start',
    unit: 'times node -e 0',
    limit: 3,
    measurement: 'cliStart',
    about: 'mesh --version of the packed command',
  },
  {
    name: 'cli-analyze-M',
    unit: 's',
    limit: null,
    measurement: 'cliAnalyze',
    about: 'mesh analyze of a fleet of size M',
  },
];

/** What is measured of fleets with Linkerd too, and by what. */
const LINKERD_MEASUREMENTS: Partial<Record<MeasurementName, MeasurementName>> =
  {
    analysis: 'linkerdAnalysis',
    memory: 'linkerdMemory',
    loop: 'linkerdLoop',
    cliAnalyze: 'linkerdCliAnalyze',
  };

/** The name of a line, of a fleet with Linkerd. */
export const LINKERD_PREFIX = 'linkerd-';

/** The lines, and how much each may be: the same with Linkerd as with Istio. */
export const LINES: readonly Line[] = [
  ...ISTIO_LINES,
  ...ISTIO_LINES.flatMap(line => {
    const measurement = LINKERD_MEASUREMENTS[line.measurement];
    return measurement
      ? [
          {
            ...line,
            name: `${LINKERD_PREFIX}${line.name}`,
            measurement,
            about: `${line.about}, with Linkerd`,
          },
        ]
      : [];
  }),
];
