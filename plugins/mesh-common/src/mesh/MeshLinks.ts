import { sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MeshAdapter } from './MeshAdapter';

interface Link {
  own: MeshSnapshot;
  /** In the order of the meshes. */
  peers: readonly (readonly MeshSnapshot[])[];
  linked: MeshSnapshot;
}

/**
 * Links clusters: the snapshot of each then has as its peers, for each mesh, the other clusters to which that leads.
 * The same snapshots give the same links, so that what was computed of them stays.
 *
 * @public
 */
export class MeshLinks {
  readonly #meshes: readonly MeshAdapter[];
  #links: readonly Link[] = [];

  static create(meshes: readonly MeshAdapter[]): MeshLinks {
    return new MeshLinks(meshes);
  }

  private constructor(meshes: readonly MeshAdapter[]) {
    this.#meshes = meshes.filter(({ peers }) => peers);
  }

  /** The snapshots in the same order; of a cluster from which no mesh leads to another, as it was. */
  link(snapshots: readonly MeshSnapshot[]): MeshSnapshot[] {
    const asked = this.#links.map(({ own }) => own);
    if (!sameItems(asked, snapshots)) {
      const known = new Map(this.#links.map(link => [link.own, link]));
      this.#links = snapshots.map(own =>
        this.#linkOf(
          own,
          snapshots.filter(other => other !== own),
          known.get(own),
        ),
      );
    }
    return this.#links.map(({ linked }) => linked);
  }

  #linkOf(
    own: MeshSnapshot,
    others: readonly MeshSnapshot[],
    known: Link | undefined,
  ): Link {
    const peers = this.#meshes.map(mesh => mesh.peers?.(own, others) ?? []);
    if (
      known &&
      peers.every((found, index) => sameItems(found, known.peers[index]))
    ) {
      return known;
    }
    const linked = this.#meshes.reduce(
      (snapshot, { id }, index) =>
        peers[index].length > 0
          ? snapshot.withPeers(id, peers[index])
          : snapshot,
      own,
    );
    return { own, peers, linked };
  }
}
