/**
 * ESLint: what the compiler does not refuse and the project does. Type-aware rules run on TypeScript only. No rule is switched off
 * in a source file: an exception that is right is stated here, with its reason.
 */
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Same inputs, same bytes: time, chance and the terminal belong to a main, which passes them in. */
const implicitInputs = {
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Time is passed in.' },
    { object: 'performance', property: 'now', message: 'Time is passed in.' },
    { object: 'Math', property: 'random', message: 'Randomness is passed in, with its seed.' },
    { object: 'crypto', property: 'randomUUID', message: 'Ids derive from content.' },
  ],
  'no-console': 'error',
}

const syntax = {
  defaultExport: {
    selector: 'ExportDefaultDeclaration',
    message: 'Named exports only: a name that every importer chooses cannot be searched for.',
  },
  newDate: { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is passed in.' },
  forIn: { selector: 'ForInStatement', message: 'for..in also walks inherited properties: use Object.entries or for..of.' },
  memoryView: {
    selector:
      "NewExpression[callee.name=/^(Uint|Int|Float|BigInt|BigUint)[0-9]*(Clamped)?Array$|^DataView$/] > MemberExpression.arguments[property.name='buffer'][object.property.name=/^memory$/i]",
    message: 'Only kernel/hardware/memory holds views over a WebAssembly.Memory.',
  },
  memoryViewByName: {
    selector:
      "NewExpression[callee.name=/^(Uint|Int|Float|BigInt|BigUint)[0-9]*(Clamped)?Array$|^DataView$/] > MemberExpression.arguments[property.name='buffer'][object.name=/^(wasm)?memory$/i]",
    message: 'Only kernel/hardware/memory holds views over a WebAssembly.Memory.',
  },
  wasmMemory: {
    selector: "NewExpression[callee.object.name='WebAssembly'][callee.property.name='Memory']",
    message: 'Only kernel/hardware/memory makes a WebAssembly.Memory.',
  },
}

export default defineConfig(
  globalIgnores(['dist/', 'dist-*/', 'reports/', 'coverage/', 'node_modules/', 'templates/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      ...implicitInputs,
      'no-restricted-syntax': ['error', ...Object.values(syntax)],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A branded number or a bigint in a condition is compared, never coerced.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      // `() => stream.write(x)` in a callback position is idiom.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Interfaces that others implement name their methods as methods.
      '@typescript-eslint/unbound-method': 'error',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // A main has a console, a clock and the environment; the spec of the command measures its start.
    files: ['bin/**', 'bench/**', 'test/command-line.spec.ts'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    // The one holder of views over the machine's memory, and the emitter's self-tests that make a small one.
    files: ['kernel/hardware/memory/**'],
    rules: { 'no-restricted-syntax': ['error', syntax.defaultExport, syntax.newDate, syntax.forIn] },
  },
  {
    files: ['**/*.spec.ts'],
    rules: {
      // node:test registers: its promises are the runner's.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['test', 'it', 'describe', 'suite'], package: 'node:test' }] },
      ],
      // A spec reads what it has just arranged, and says so with `!`.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Configuration files have the default export their tool asks for; mains in plain JavaScript run before anything is compiled.
    files: ['**/*.js', '**/*.cjs'],
    linterOptions: { noInlineConfig: true },
    rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error', 'no-unused-vars': 'error' },
  },
)
