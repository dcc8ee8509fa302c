import { sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MeshAdapter } from './MeshAdapter';

/** Names of meshes begin with the adapter's id and a space. */
const UNKNOWN = 'unknown';

interface Link {
  own: MeshSnapshot;
  peers: readonly MeshSnapshot[];
  linked: MeshSnapshot;
}

/**
 * Links clusters that say that they are of one mesh: the snapshot of each then has those of the others as its peers, and
 * those of clusters that cannot be asked, which may be of the same mesh. The same snapshots give the same links, so that what was computed of them stays.
 *
 * @public
 */
export class MeshLinks {
  readonly #meshes: readonly MeshAdapter[];
  #links = new Map<string, Link>();

  static create(meshes: readonly MeshAdapter[]): MeshLinks {
    return new MeshLinks(meshes);
  }

  private constructor(meshes: readonly MeshAdapter[]) {
    this.#meshes = meshes;
  }

  /** The snapshots in the same order; of a cluster that shares its mesh with no other, as it was. */
  link(snapshots: readonly MeshSnapshot[]): MeshSnapshot[] {
    const names = snapshots.map(snapshot => this.#namesOf(snapshot));
    const links = new Map<string, Link>();
    const linked = snapshots.map((own, index) => {
      const isShared = (name: string) => names[index].includes(name);
      const isNamed = names[index].some(name => name !== UNKNOWN);
      const peers = snapshots.filter(
        (_, other) =>
          other !== index &&
          names[other].some(name =>
            name === UNKNOWN ? isNamed : isShared(name),
          ),
      );
      const link = this.#linkOf(own, peers);
      links.set(own.cluster, link);
      return link.linked;
    });
    this.#links = links;
    return linked;
  }

  #linkOf(own: MeshSnapshot, peers: readonly MeshSnapshot[]): Link {
    const known = this.#links.get(own.cluster);
    if (known?.own === own && sameItems(known.peers, peers)) {
      return known;
    }
    return {
      own,
      peers,
      linked: peers.length > 0 ? own.withPeers(peers) : own,
    };
  }

  /** What its meshes are called. */
  #namesOf(snapshot: MeshSnapshot): string[] {
    return this.#meshes.flatMap(mesh => {
      const found = mesh.spansClustersAs?.(snapshot);
      if (found === undefined) {
        return [];
      }
      return found === 'unknown' ? [UNKNOWN] : [`${mesh.id} ${found.name}`];
    });
  }
}
