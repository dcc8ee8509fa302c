export interface Config {
  /** Mesh for Backstage */
  mesh?: {
    /** The actions of the scaffolder. */
    scaffolder?: {
      /**
       * Absolute path of a folder on the machine of the backend, below which mesh:folder:save keeps what a
       * task has generated, in a folder of the task's own. Absent: that action refuses. Meant for portals
       * without a Git host.
       */
      outputDirectory?: string;
    };
  };
}
