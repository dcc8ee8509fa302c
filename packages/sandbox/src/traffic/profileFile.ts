import { watch, type FSWatcher } from 'chokidar';
import { readProfile, type TrafficProfile } from './profile';

/** Tells of each readable state of a traffic file that is saved; an unreadable one is reported and changes nothing. */
export class ProfileFile {
  readonly #watcher: FSWatcher;

  static async watch(
    file: string,
    changed: (profile: TrafficProfile) => void,
    report: (message: string) => void,
  ): Promise<ProfileFile> {
    const watcher = watch(file, {
      ignoreInitial: true,
      awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 },
    });
    watcher.on('all', () => {
      readProfile(file).then(changed, error => report(messageOf(error)));
    });
    watcher.on('error', error =>
      report(`cannot watch ${file}: ${messageOf(error)}`),
    );
    await new Promise<void>(resolve => watcher.once('ready', () => resolve()));
    return new ProfileFile(watcher);
  }

  private constructor(watcher: FSWatcher) {
    this.#watcher = watcher;
  }

  close(): Promise<void> {
    return this.#watcher.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
