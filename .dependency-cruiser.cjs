/**
 * Who may import whom, type imports included. The layering is itself evidence (ADV_INT), so each rule has a name and a reason;
 * test/import-rules.spec.ts plants a forbidden import for each rule and shows that it fires.
 * Specs may reach further than the code they test only where `specs` says so.
 */

/** Specs and their fixtures. */
const SPEC = '\\.spec\\.ts$'

/** Folders below kernel/separation/config are tools that run before the system does; its own files are part of the kernel. */
const CONFIGURATION_TOOLS = '^kernel/separation/config/[^/]+/'

/** A room may import itself, the folders named, and the packages and Node modules named; everything else is refused. */
const only = (room, { rooms = [], packages = [], node = [], why, except = SPEC }) => ({
  name: `${room.replaceAll('/', '-')}-imports`,
  comment: why,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: except },
  to: {
    pathNot: [
      ...[room, ...rooms].map((folder) => `^${folder}/`),
      ...packages.map((name) => `^node_modules/${name}/`),
      ...node.map((name) => `^(node:)?${name}$`),
    ],
  },
})

const never = (name, from, to, why, except = SPEC) => ({
  name,
  comment: why,
  severity: 'error',
  from: { path: from, ...(except === undefined ? {} : { pathNot: except }) },
  to: { path: to },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle, also one of types alone, makes two modules one: neither can be judged or exchanged alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing fails at run time only.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'A package that package.json does not list is there by chance.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages-in-the-product',
      comment: '`npm ci --omit=dev` must leave a working command.',
      severity: 'error',
      from: { path: '^(bin|evidence|kernel|step-definitions)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'product-imports-no-spec',
      comment: 'A spec is a leaf: what others need of it belongs into a module of its own.',
      severity: 'error',
      from: {},
      to: { path: SPEC },
    },
    only('kernel/common', {
      why: 'Everything may depend on the common room, so it depends on nothing.',
    }),
    only('kernel/abi', {
      rooms: ['kernel/common'],
      why: 'The call interface is shared by kernel, programs and virtualization: it may not know any of them.',
    }),
    only('kernel/devices', {
      rooms: ['kernel/common'],
      why: 'A device model serves machine, VMM and baselines alike through the device port of kernel/common.',
    }),
    only('kernel/hardware', {
      rooms: ['kernel/common', 'kernel/devices'],
      node: ['crypto'],
      why: 'The computer knows no kernel.',
    }),
    {
      name: 'kernel-separation-imports',
      comment:
        'The separation kernel knows no emulator and no host: it sees a hart through the port of kernel/common. What runs privileged parses no text.',
      severity: 'error',
      from: { path: '^kernel/separation/', pathNot: [CONFIGURATION_TOOLS, SPEC] },
      to: { pathNot: ['^kernel/(separation|abi|common)/', '^(node:)?crypto$'] },
    },
    {
      name: 'kernel-separation-config-imports',
      comment:
        'The configuration compiler runs before the system does: it alone reads YAML and its JSON Schema, and it knows no emulator either.',
      severity: 'error',
      from: { path: CONFIGURATION_TOOLS, pathNot: SPEC },
      to: { pathNot: ['^kernel/(separation|abi|common)/', '^(node:)?(crypto|fs|path|url)$', '^node_modules/(ajv|yaml)/'] },
    },
    {
      name: 'privileged-code-imports-no-tool',
      comment: 'The kernel judges what the configuration compiler made; it shares with it the form of the vector and nothing else.',
      severity: 'error',
      from: { path: '^kernel/separation/', pathNot: [CONFIGURATION_TOOLS, SPEC] },
      to: { path: CONFIGURATION_TOOLS },
    },
    only('kernel/virtualization', {
      rooms: ['kernel/abi', 'kernel/devices', 'kernel/common'],
      why: 'A VMM is an unprivileged program of one partition.',
    }),
    only('kernel/baselines', {
      rooms: ['kernel/hardware', 'kernel/devices', 'kernel/common', 'kernel/programs'],
      node: ['crypto'],
      why: 'The baselines are another architecture over the same devices: nothing of the separation kernel may help them.',
    }),
    only('kernel/programs', {
      rooms: ['kernel/common', 'kernel/abi'],
      why: 'What runs in partitions is read as bytes: its tools know the interface and nothing behind it.',
    }),
    only('kernel/testbench', {
      rooms: ['kernel'],
      packages: ['yaml'],
      node: ['crypto', 'fs', 'fs/promises', 'path', 'url', 'vm', 'assert', 'assert/strict', 'module'],
      why: 'The testbench wires machine and kernel; it knows neither evidence nor the command.',
    }),
    never(
      'oracle-sees-no-kernel-and-no-mmu',
      '^kernel/testbench/oracle(/|\\.ts)',
      '^kernel/(separation|hardware/mmu)/',
      'The oracle judges from raw memory, devices and the policy text: code that shares the kernel’s tables or the MMU shares their errors.',
      undefined,
    ),
    never(
      'evidence-imports-no-kernel',
      '^evidence/',
      '^(kernel|step-definitions|bin|test|bench)/',
      'What is judged does not write the verdict, and the evidence serves any system under test.',
      undefined,
    ),
    never(
      'kernel-imports-no-evidence',
      '^kernel/',
      '^(evidence|step-definitions|bin|bench)/',
      'The system under test knows nothing of its judges.',
      undefined,
    ),
    never('kernel-imports-no-test', '^kernel/', '^test/', 'What only tests need is no part of the system; a spec may use it.'),
    {
      name: 'one-door-to-the-system',
      comment:
        'Scenarios, project tests and benches reach the system through kernel/testbench, so that another system can take its place. Tests of the kernel itself, test/kernel, open it up; so does the bench of the configuration tools.',
      severity: 'error',
      from: { path: '^(step-definitions|test|bench)/', pathNot: ['^test/kernel/', '^bench/configuration[.]ts$'] },
      to: { path: '^kernel/(?!testbench/|common/|abi/)' },
    },
    never(
      'command-reaches-the-system-through-the-testbench',
      '^bin/',
      '^kernel/(?!testbench/|common/|abi/|separation/config/)',
      'The command is a user of the system like any other; the form of a configuration and the tools that make one are not the system.',
      undefined,
    ),
    never('scenarios-write-no-evidence', '^step-definitions/', '^(evidence|bin)/', 'Scenarios and evidence meet in files only.', undefined),
    never(
      'only-the-command-starts-things',
      '^(evidence|kernel|step-definitions)/',
      '^(bin|test|bench)/',
      'The command is the top: nothing below it imports it.',
      undefined,
    ),
    {
      name: 'no-processes-and-no-network-below-the-command',
      comment: 'Same inputs, same bytes: only the command starts processes, nothing opens a socket.',
      severity: 'error',
      from: { path: '^(evidence|kernel|step-definitions)/', pathNot: SPEC },
      to: { path: '^(node:)?(child_process|cluster|net|http|https|http2|dgram|dns|tls|worker_threads)(/|$)' },
    },
    {
      name: 'evidence-rooms',
      comment: 'The model is the bottom of evidence: everything in it is a type or a table.',
      severity: 'error',
      from: { path: '^evidence/model/', pathNot: SPEC },
      to: { pathNot: '^evidence/model/' },
    },
    {
      name: 'evidence-items',
      comment:
        'Items are types and tables over the model: every format is read into them, and everything that judges or shows starts from them.',
      severity: 'error',
      from: { path: '^evidence/items/', pathNot: SPEC },
      to: { pathNot: '^evidence/(items|model)/' },
    },
    {
      name: 'readers-judge-nothing',
      comment: 'A reader turns files into items; it resolves no reference, gives no verdict and repairs nothing.',
      severity: 'error',
      from: { path: '^evidence/exchange/', pathNot: SPEC },
      to: { path: '^evidence/(trace|render|attest)/' },
    },
    {
      name: 'judging-renders-nothing',
      comment: 'Profiles, collect, coverage, exchange and trace decide; render shows what was decided.',
      severity: 'error',
      from: { path: '^evidence/(model|items|profiles|collect|coverage|exchange|trace)/', pathNot: SPEC },
      to: { path: ['^evidence/(render|attest)/', '^node_modules/(pdfkit|handlebars)/'] },
    },
    {
      name: 'rendering-judges-nothing',
      comment: 'A template or a renderer that reads results could show another verdict than the one that was decided.',
      severity: 'error',
      from: { path: '^evidence/render/', pathNot: SPEC },
      to: { path: '^evidence/(profiles|collect|coverage|trace)/' },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^(dist|dist-[^/]+|reports|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
}
