/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // most of the time goes into programs that tests wait for
  maxWorkers: '100%',
  testEnvironmentOptions: { customExportConditions: ['fluxwright-source', 'require', 'node', 'default'] },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }] },
  prettierPath: null,
};
