// Writes the diff into one comment of the pull request, and labels it with the stages that change. Whatever it may not
// write, as in a pull request from a fork, is said and left: the job summary holds the diff in any case.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the comment is found again; GitHub does not show it. */
const MARK = '<!-- fluxwright diff -->';

const { COMMENT, GITHUB_API_URL = 'https://api.github.com', GITHUB_EVENT_PATH, GITHUB_OUTPUT, GITHUB_REPOSITORY, LABELS = '', RUNNER_TEMP, TOKEN } = process.env;
const { number } = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')).pull_request;
const repository = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}`;

const stages = changedStages();
appendFileSync(GITHUB_OUTPUT, `stages=${JSON.stringify(stages)}\n`);
if (COMMENT === 'true') await attempt('comment', comment);
if (LABELS !== '' && stages !== undefined) await attempt('label', label);

/** The stages of all that the diff speaks of; undefined where there is none. */
function changedStages() {
  const file = join(RUNNER_TEMP, 'fluxwright-diff.json');
  if (!existsSync(file)) return undefined;
  const { changes } = JSON.parse(readFileSync(file, 'utf8'));
  return [...new Set(changes.flatMap(({ before, after }) => [before, after].flatMap((version) => (version?.appliers ?? []).map(({ stage }) => stage))))].sort();
}

async function comment() {
  const file = join(RUNNER_TEMP, 'fluxwright-diff.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : 'What this change does could not be worked out: see the log.';
  const known = (await pages(`${repository}/issues/${number}/comments`)).find(({ body }) => body?.startsWith(MARK));
  // nothing to say, and nothing said before
  if (known === undefined && stages?.length === 0 && !/\S/.test(text)) return;
  const body = `${MARK}\n${text}`;
  if (known === undefined) await ask('POST', `${repository}/issues/${number}/comments`, { body });
  else if (known.body !== body) await ask('PATCH', `${repository}/issues/comments/${known.id}`, { body });
}

async function label() {
  const present = (await pages(`${repository}/issues/${number}/labels`)).map(({ name }) => name).filter((name) => name.startsWith(LABELS));
  // GitHub takes labels of up to 50 characters
  const wanted = stages.map((stage) => `${LABELS}${stage}`.slice(0, 50));
  const missing = wanted.filter((name) => !present.includes(name));
  if (missing.length > 0) await ask('POST', `${repository}/issues/${number}/labels`, { labels: missing });
  for (const name of present.filter((one) => !wanted.includes(one))) await ask('DELETE', `${repository}/issues/${number}/labels/${encodeURIComponent(name)}`);
}

async function attempt(what, work) {
  try {
    await work();
  } catch (error) {
    console.log(`::warning title=fluxwright::could not ${what} on the pull request: ${error.message.replaceAll('\n', ' ')}`);
  }
}

async function pages(url) {
  const found = [];
  for (let page = 1; ; page++) {
    const items = await ask('GET', `${url}?per_page=100&page=${page}`);
    found.push(...items);
    if (items.length < 100) return found;
  }
}

async function ask(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, accept: 'application/vnd.github+json', 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname} was answered with ${response.status}: ${(await response.text()).slice(0, 200)}`);
  return response.status === 204 ? undefined : response.json();
}
