import { http, HttpResponse } from 'msw';

const API = 'https://api.github.com';
const REPOSITORY = `${API}/repos/acme/deploy`;

/** What somebody asked of GitHub to make. */
export interface PullRequest {
  head: string;
  base: string;
  title: string;
  body: string;
}

/** The REST API of GitHub, as far as a pull request needs it, for the repository acme/deploy. */
export class FakeGitHub {
  readonly pullRequests: PullRequest[] = [];
  readonly branches: string[] = [];
  readonly authorizations = new Set<string>();
  /** What nobody should have asked. */
  readonly unexpected: string[] = [];
  readonly #blobs: string[] = [];
  #tree: { path: string; sha: string }[] = [];

  /** The files of the commit, by their paths in the repository. */
  get files(): Record<string, string> {
    return Object.fromEntries(
      this.#tree.map(({ path, sha }) => [path, this.#blobs[Number(sha)]]),
    );
  }

  handlers() {
    return [
      http.get(REPOSITORY, ({ request }) => {
        this.authorizations.add(request.headers.get('authorization') ?? '');
        return HttpResponse.json({
          default_branch: 'main',
          permissions: { push: true },
        });
      }),
      http.get(`${REPOSITORY}/commits`, () =>
        HttpResponse.json([{ sha: 'c0', commit: { tree: { sha: 't0' } } }]),
      ),
      http.post<never, { content: string; encoding: 'base64' }>(
        `${REPOSITORY}/git/blobs`,
        async ({ request }) => {
          const { content, encoding } = await request.json();
          const text = Buffer.from(content, encoding).toString('utf8');
          return HttpResponse.json({ sha: `${this.#blobs.push(text) - 1}` });
        },
      ),
      http.post<never, { tree: { path: string; sha: string }[] }>(
        `${REPOSITORY}/git/trees`,
        async ({ request }) => {
          this.#tree = (await request.json()).tree;
          return HttpResponse.json({ sha: 't1' });
        },
      ),
      http.post(`${REPOSITORY}/git/commits`, () =>
        HttpResponse.json({ sha: 'c1' }),
      ),
      http.post(`${API}/graphql`, () =>
        HttpResponse.json({ data: { repository: { ref: null } } }),
      ),
      http.post<never, { ref: string }>(
        `${REPOSITORY}/git/refs`,
        async ({ request }) => {
          this.branches.push((await request.json()).ref);
          return HttpResponse.json({});
        },
      ),
      http.post<never, PullRequest>(
        `${REPOSITORY}/pulls`,
        async ({ request }) => {
          this.pullRequests.push(await request.json());
          return HttpResponse.json({
            number: 7,
            html_url: 'https://github.com/acme/deploy/pull/7',
            base: { ref: 'main' },
          });
        },
      ),
      http.all(`${API}/*`, ({ request }) => {
        this.unexpected.push(`${request.method} ${request.url}`);
        return HttpResponse.json({ message: 'Not Found' }, { status: 404 });
      }),
    ];
  }
}
