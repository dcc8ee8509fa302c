import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Mesh for Backstage */
  mesh?: {
    /**
     * Where the clusters, and the portal's credentials for them, are configured. Default: in the
     * Kubernetes plugin.
     */
    clusters?:
      | { source: 'kubernetes-plugin' }
      | {
          source: 'kubeconfig';
          /** The kubeconfig file. It is read again when credentials are renewed. */
          file: string;
          /** The contexts to read; their names are the names of the clusters. Default: the current context. */
          contexts?: string[];
        }
      | {
          /** The cluster in which the backend runs, read with the account of its pod. */
          source: 'in-cluster';
          /** The name of the cluster in the portal. */
          name: string;
        };
    /** How the objects of the clusters are read. */
    mirror?: {
      /**
       * How long one watch runs before it is renewed, at most five minutes (the default). A right that
       * was revoked shows when the watch is renewed.
       */
      watchTimeout?: HumanDuration | string;
      /** How often each cluster is asked whether it still answers. Default: 30 seconds. */
      probeInterval?: HumanDuration | string;
      /** How often the list of clusters is read from where they are configured. Default: one minute. */
      clusterListInterval?: HumanDuration | string;
      /**
       * How often kinds that are forbidden are tried again, and how often clusters that do not let
       * CustomResourceDefinitions be watched are asked which kinds they serve. Default: one minute.
       */
      recheckInterval?: HumanDuration | string;
    };
    /** How often the catalog is asked for the entities that run on Kubernetes. Default: one minute. */
    catalogInterval?: HumanDuration | string;
    /** The production readiness checklist. */
    checklist?: {
      /**
       * How often the metrics stores are asked for what the checklist says of traffic: whether there is any,
       * and whether plaintext is among it. Default: one minute.
       */
      trafficInterval?: HumanDuration | string;
    };
    /** The Prometheus servers (or what speaks their query API) that have the metrics of the meshes. */
    prometheus?: Array<{
      /** By which answers call the store. */
      name: string;
      /** Base URL, without /api/v1. */
      url: string;
      /**
       * The clusters, by their names in the Kubernetes plugin, whose metrics it has. Absent: those that
       * no other store names.
       */
      clusters?: string[];
      /**
       * The label whose value is the name of the cluster. A store that several clusters share must have
       * it: without, their figures could not be told apart.
       */
      clusterLabel?: string;
      /**
       * Headers of each request, such as Authorization or X-Scope-OrgID.
       * @deepVisibility secret
       */
      headers?: { [name: string]: string };
      /** How often the meshes' metrics are scraped; answers are kept for as long. Default: 15 seconds. */
      scrapeInterval?: HumanDuration | string;
      /** How long to wait for an answer. Default: 10 seconds. */
      timeout?: HumanDuration | string;
    }>;
    /** The stores that have the traces of the services. */
    traces?: Array<{
      /** By which answers call the store. */
      name: string;
      /** The API that it speaks: Jaeger's HTTP query API. */
      type: 'jaeger';
      /** Base URL of the query service, without /api. */
      url: string;
      /** Where people reach the store's own pages: traces link to it. Absent: no link. */
      publicUrl?: string;
      /**
       * The clusters, by their names in the Kubernetes plugin, whose traces it has. Absent: those that no
       * other store names.
       */
      clusters?: string[];
      /**
       * The attribute of spans, or of their process, whose value is the name of the cluster. A store that clusters
       * share needs it, and one that names several clusters is refused without it: spans of the same namespace of
       * another cluster would count as the entity's, too.
       */
      clusterLabel?: string;
      /**
       * Headers of each request, such as Authorization.
       * @deepVisibility secret
       */
      headers?: { [name: string]: string };
      /** How long to wait for an answer. Default: 10 seconds. */
      timeout?: HumanDuration | string;
    }>;
    /**
     * Which namespaces entities may reach by their annotations, which their authors write. The first rule that
     * names an entity or its owner counts.
     */
    entityScope?: {
      /** For entities that no rule names: `any` (the default), or namespaces. */
      default?: 'any' | string[];
      rules?: Array<{
        /** Full reference of an entity, such as component:default/reviews. */
        entity?: string;
        /** Full reference of an owner, such as group:default/shop-team. */
        owner?: string;
        /** Names of namespaces, or the beginning of names and *. */
        namespaces: string[];
      }>;
    };
    /** Which findings of the clusters are reported. */
    analysis?: {
      /**
       * Findings that are listed apart, with the reason: CODE=Kind name.namespace, as istioctl analyze --suppress has it,
       * such as "IST0102=Namespace default"; * stands for any text.
       */
      suppress?: string[];
      /** Codes of checks that run only where they are named here, or all. */
      optionalChecks?: string[];
    };
  };
}
