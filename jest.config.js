/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // most of the time goes into programs that tests wait for
  maxWorkers: '100%',
  testEnvironmentOptions: { customExportConditions: ['fluxwright-source', 'require', 'node', 'default'] },
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/templates/**/*.test.ts'],
  // only what hangs ends so: a test waits for programs, and machines are slow
  testTimeout: 120_000,
  setupFiles: ['<rootDir>/test/plain-environment.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: { '\\.ts$|@marcbachmann/cel-js/.*\\.js$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }] },
  // an ES module, which Node requires and jest does not
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/cel-js/)'],
  prettierPath: null,
};
