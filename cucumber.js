/**
 * Profiles of cucumber-js. `default` runs what is compiled in dist/ (`npm run build` first, or let `assure` do it);
 * `dev` runs the TypeScript sources through ts-node, so that an edit runs without a build:
 *   npx cucumber-js --profile dev features/some.feature
 */

/** Coverage is switched on before any other module is loaded: V8 counts only the calls it was told about in time. */
const steps = (root, extension) => [`${root}step-definitions/coverage.${extension}`, `${root}step-definitions/**/!(*.spec).${extension}`]

// No `paths`: cucumber-js runs features/**/*.feature by itself, and would run them beside those named on the command line.
const common = {
  strict: true,
  format: ['progress', `message:${process.env.BULKHEAD_MESSAGES ?? 'reports/messages.ndjson'}`],
}

export default {
  ...common,
  import: steps('dist/', 'js'),
}

export const dev = {
  ...common,
  format: ['progress'],
  loader: ['ts-node/esm'],
  import: steps('', 'ts'),
}
