import {
  Analysis,
  Analyzer,
  Finding,
  MeshSnapshot,
  SuppressedFinding,
} from 'backstage-plugin-mesh-common';
import { byObject, ItemsAbout } from './byObject';

/** What the checks found in a snapshot. */
interface Analyzed {
  snapshot: MeshSnapshot;
  analysis: Analysis;
  findingsAbout: ItemsAbout<Finding>;
  suppressedAbout: ItemsAbout<SuppressedFinding>;
}

/** What the checks find in one cluster, computed once for each of its snapshots. */
export class ClusterAnalysis {
  readonly #analyzer: Analyzer;
  #analyzed: Analyzed | undefined;
  #changes = 0;

  constructor(analyzer: Analyzer) {
    this.#analyzer = analyzer;
  }

  /** How often the checks have found something else than before. */
  get changes(): number {
    return this.#changes;
  }

  of(snapshot: MeshSnapshot): Analysis {
    return this.#now(snapshot).analysis;
  }

  /** The findings about these objects, given by their keys, the most important first. */
  findingsAbout(snapshot: MeshSnapshot, keys: Iterable<string>): Finding[] {
    return this.#now(snapshot).findingsAbout(keys);
  }

  /** The same of the findings that somebody does not want to be reported. */
  suppressedAbout(
    snapshot: MeshSnapshot,
    keys: Iterable<string>,
  ): SuppressedFinding[] {
    return this.#now(snapshot).suppressedAbout(keys);
  }

  /** Analyses in small steps, between which others may have their turn; afterwards the analysis is there for who asks. */
  *steps(snapshot: MeshSnapshot): IterableIterator<void> {
    if (this.#analyzed?.snapshot !== snapshot) {
      this.#keep(snapshot, yield* this.#analyzer.steps(snapshot));
    }
  }

  #now(snapshot: MeshSnapshot): Analyzed {
    return this.#analyzed?.snapshot === snapshot
      ? this.#analyzed
      : this.#keep(snapshot, this.#analyzer.analyze(snapshot));
  }

  #keep(snapshot: MeshSnapshot, analysis: Analysis): Analyzed {
    const known = this.#analyzed;
    if (known?.analysis === analysis) {
      // The analyzer gives the same one as long as it finds the same.
      this.#analyzed = { ...known, snapshot };
      return this.#analyzed;
    }
    this.#changes += 1;
    this.#analyzed = {
      snapshot,
      analysis,
      findingsAbout: byObject(analysis.findings, ({ object }) => object),
      suppressedAbout: byObject(
        analysis.suppressed,
        ({ finding }) => finding.object,
      ),
    };
    return this.#analyzed;
  }
}
