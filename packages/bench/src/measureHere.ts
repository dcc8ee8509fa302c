import { LINKERD_PREFIX, MeasurementName } from './lines';
import { Measure } from './measure';
import { measureAnalysis } from './measurements/analysis';
import { measureCliAnalyze, measureCliStart } from './measurements/cli';
import { ISTIO_EDITS, LINKERD_EDITS } from './measurements/edits';
import { serveFleet } from './measurements/apiServer';
import { measureLoop } from './measurements/loop';
import { measureMemory } from './measurements/memory';

/** The measurement of fleets with Linkerd, whose lines have names of their own. */
function withLinkerd(measure: Measure): Measure {
  return async folders =>
    Object.fromEntries(
      Object.entries(await measure(folders)).map(([name, value]) => [
        `${LINKERD_PREFIX}${name}`,
        value,
      ]),
    );
}

const MEASURES: Readonly<Record<MeasurementName, Measure>> = {
  analysis: folders => measureAnalysis(folders, ISTIO_EDITS),
  linkerdAnalysis: withLinkerd(folders =>
    measureAnalysis(folders, LINKERD_EDITS),
  ),
  memory: measureMemory,
  linkerdMemory: withLinkerd(measureMemory),
  loop: measureLoop,
  linkerdLoop: withLinkerd(measureLoop),
  cliStart: measureCliStart,
  cliAnalyze: measureCliAnalyze,
  linkerdCliAnalyze: withLinkerd(measureCliAnalyze),
};

/** Makes one measurement in this process, and writes the values as JSON. */
export function measureHere(): void {
  const [name, M, L] = process.argv.slice(2);
  if (name === 'apiServer') {
    serveFleet(L);
    return;
  }
  const measure = Object.entries(MEASURES).find(([known]) => known === name);
  if (!measure) {
    throw new TypeError(`There is no measurement ${name}`);
  }
  Promise.resolve(measure[1]({ M, L })).then(
    // Nobody closes the database in memory of a test backend, whose pool would hold the process for a minute or more.
    values =>
      process.stdout.write(`${JSON.stringify(values)}\n`, () => process.exit()),
    error =>
      process.stderr.write(
        `${error instanceof Error ? error.stack : error}\n`,
        () => process.exit(1),
      ),
  );
}
