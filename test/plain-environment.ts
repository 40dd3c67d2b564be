/**
 * Runs before every test file: what a terminal, jest or a CI service tells programs through the environment changes
 * what they print or compare with, and a test says by itself what it wants of that.
 */
const TELLING = /^(FORCE_COLOR|NO_COLOR|CLICOLOR.*|GITHUB_.*|GITLAB_.*|CI_.*|BITBUCKET_.*|DRONE_.*|NODE_OPTIONS)$/;

for (const name of Object.keys(process.env).filter((key) => TELLING.test(key))) delete process.env[name];
