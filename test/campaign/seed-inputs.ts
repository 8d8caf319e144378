/** One small right input per reader: what the campaign damages. A format without a seed here fails the spec of the campaign. */
import { crc32, deflateRawSync } from 'node:zlib'
import { sampleMessages } from '../../evidence/collect/sample-stream.js'

export interface SeedInput {
  readonly format: string
  /** Of the file that is damaged. */
  readonly name: string
  readonly bytes: Buffer
  /** Files beside it that stay whole; the reader is given the damaged file alone, or these too where `isGiven`. */
  readonly besides?: readonly { readonly name: string; readonly text: string; readonly isGiven: boolean }[]
  readonly map?: Readonly<Record<string, unknown>>
}

const text = (format: string, name: string, content: string, more: Partial<SeedInput> = {}): SeedInput => ({
  format,
  name,
  bytes: Buffer.from(content),
  ...more,
})

const reqif = `<?xml version="1.0" encoding="UTF-8"?>
<REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<THE-HEADER><REQ-IF-HEADER IDENTIFIER="h"><REQ-IF-VERSION>1.0</REQ-IF-VERSION><TITLE>T</TITLE></REQ-IF-HEADER></THE-HEADER>
<CORE-CONTENT><REQ-IF-CONTENT><DATATYPES><DATATYPE-DEFINITION-STRING IDENTIFIER="ds" MAX-LENGTH="100"/></DATATYPES>
<SPEC-TYPES><SPEC-OBJECT-TYPE IDENTIFIER="t" LONG-NAME="Requirement"><SPEC-ATTRIBUTES>
<ATTRIBUTE-DEFINITION-STRING IDENTIFIER="a" LONG-NAME="ReqIF.ForeignID"><TYPE><DATATYPE-DEFINITION-STRING-REF>ds</DATATYPE-DEFINITION-STRING-REF></TYPE></ATTRIBUTE-DEFINITION-STRING>
<ATTRIBUTE-DEFINITION-XHTML IDENTIFIER="x" LONG-NAME="ReqIF.Text"/></SPEC-ATTRIBUTES></SPEC-OBJECT-TYPE>
<SPEC-RELATION-TYPE IDENTIFIER="rt" LONG-NAME="satisfies"/></SPEC-TYPES>
<SPEC-OBJECTS><SPEC-OBJECT IDENTIFIER="o1"><TYPE><SPEC-OBJECT-TYPE-REF>t</SPEC-OBJECT-TYPE-REF></TYPE><VALUES>
<ATTRIBUTE-VALUE-STRING THE-VALUE="REQ-1"><DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>a</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION></ATTRIBUTE-VALUE-STRING>
<ATTRIBUTE-VALUE-XHTML><DEFINITION><ATTRIBUTE-DEFINITION-XHTML-REF>x</ATTRIBUTE-DEFINITION-XHTML-REF></DEFINITION><THE-VALUE><xhtml:div>It <xhtml:b>shall</xhtml:b> hold.</xhtml:div></THE-VALUE></ATTRIBUTE-VALUE-XHTML>
</VALUES></SPEC-OBJECT><SPEC-OBJECT IDENTIFIER="o2"><TYPE><SPEC-OBJECT-TYPE-REF>t</SPEC-OBJECT-TYPE-REF></TYPE></SPEC-OBJECT></SPEC-OBJECTS>
<SPEC-RELATIONS><SPEC-RELATION IDENTIFIER="r"><SOURCE><SPEC-OBJECT-REF>o2</SPEC-OBJECT-REF></SOURCE><TARGET><SPEC-OBJECT-REF>o1</SPEC-OBJECT-REF></TARGET><TYPE><SPEC-RELATION-TYPE-REF>rt</SPEC-RELATION-TYPE-REF></TYPE></SPEC-RELATION></SPEC-RELATIONS>
<SPECIFICATIONS><SPECIFICATION IDENTIFIER="s"><CHILDREN><SPEC-HIERARCHY IDENTIFIER="h1"><OBJECT><SPEC-OBJECT-REF>o1</SPEC-OBJECT-REF></OBJECT></SPEC-HIERARCHY></CHILDREN></SPECIFICATION></SPECIFICATIONS>
</REQ-IF-CONTENT></CORE-CONTENT></REQ-IF>`

const niap = `<?xml version="1.0"?>
<PP xmlns="https://niap-ccevs.org/cc/v1" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:sec="https://niap-ccevs.org/cc/v1/section" name="X">
<PPReference><ReferenceTable><PPVersion>1.0</PPVersion></ReferenceTable></PPReference>
<threats><threat name="T.A"><description>bad</description><objective-refer ref="O.A"><rationale>why</rationale></objective-refer></threat></threats>
<SOs><SO name="O.A"><description>good</description><addressed-by>FDP_IFF.1</addressed-by></SO></SOs>
<f-component cc-id="fdp_iff.1" name="Flow" status="sel-based"><depends on-sel="s1"/>
<f-element><title>The TSF shall <selectables><selectable id="s1">permit</selectable><selectable exclusive="yes">deny</selectable></selectables>
 <assignable>what</assignable>.</title><aactivity level="element"><TSS>look</TSS><Guidance/><Tests><testlist><test id="t1">try</test></testlist></Tests></aactivity></f-element></f-component></PP>`

const messages = sampleMessages([
  {
    uri: 'features/a.feature',
    name: 'A',
    scenarios: [
      { name: 'one', tags: ['@R-1'], attempts: [[{ text: 'a step', status: 'PASSED' }]] },
      { name: 'two', tags: ['@R-2'], attempts: [[{ text: 'a step', status: 'FAILED', message: 'no' }]], hook: 'PASSED' },
    ],
  },
])

const cucumberJson = `[{"uri":"features/a.feature","id":"a","keyword":"Feature","name":"A","line":1,"tags":[{"name":"@R-1","line":1}],"elements":[
{"id":"a;one","keyword":"Scenario","type":"scenario","name":"one","line":3,"tags":[{"name":"@R-2","line":2}],
"before":[{"match":{"location":"h"},"result":{"status":"passed","duration":1}}],
"steps":[{"keyword":"Given ","name":"s","line":4,"result":{"status":"passed","duration":1000}},{"keyword":"Then ","name":"t","line":5,"result":{"status":"failed","error_message":"no"}}]}]}]`

const junit = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1"><testsuite name="S" tests="3" failures="1" skipped="1"><properties><property name="p" value="v"/></properties>
<testcase classname="a.B" name="one" time="0.1" file="a.ts" line="3"><properties><property name="requirement" value="R-1"/></properties></testcase>
<testcase classname="a.B" name="two"><failure message="no" type="E">trace</failure><system-out><![CDATA[out]]></system-out></testcase>
<testcase classname="a.B" name="three"><skipped message="later"/></testcase></testsuite></testsuites>`

const range = '{"start":{"line":1,"column":0},"end":{"line":1,"column":9}}'
const istanbul = `{"src/a.ts":{"path":"src/a.ts","statementMap":{"0":${range},"1":${range}},"fnMap":{"0":{"name":"f","decl":${range},"loc":${range},"line":1}},
"branchMap":{"0":{"type":"if","loc":${range},"locations":[${range},${range}],"line":1}},"s":{"0":1,"1":0},"f":{"0":1},"b":{"0":[1,0]}}}`
const count = '{"total":2,"covered":1,"skipped":0,"pct":50}'
const istanbulSummary = `{"total":{"lines":${count},"statements":${count},"functions":${count},"branches":${count}},"src/a.ts":{"lines":${count},"statements":${count},"functions":${count},"branches":${count}}}`
const v8 = `{"result":[{"scriptId":"1","url":"file:///p/src/a.js","functions":[{"functionName":"","isBlockCoverage":true,"ranges":[{"startOffset":0,"endOffset":50,"count":1}]},
{"functionName":"f","isBlockCoverage":true,"ranges":[{"startOffset":5,"endOffset":20,"count":0}]}]}],"timestamp":1}`
const lcov =
  'TN:t\nSF:src/a.ts\nFN:1,f\nFNDA:1,f\nFNF:1\nFNH:1\nBRDA:2,0,0,1\nBRDA:2,0,1,-\nBRF:2\nBRH:1\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n'
const cobertura = `<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.5" branch-rate="0.5" lines-covered="1" lines-valid="2" branches-covered="1" branches-valid="2" version="1" timestamp="1"><sources><source>src</source></sources>
<packages><package name="p" line-rate="0.5"><classes><class name="a" filename="a.ts" line-rate="0.5"><methods><method name="f" signature="()"><lines><line number="1" hits="1"/></lines></method></methods>
<lines><line number="1" hits="1"/><line number="2" hits="0" branch="true" condition-coverage="50% (1/2)"/></lines></class></classes></package></packages></coverage>`
const clover = `<?xml version="1.0"?><coverage generated="1" clover="3.2.0"><project timestamp="1" name="All files">
<metrics statements="2" coveredstatements="1" conditionals="2" coveredconditionals="1" methods="1" coveredmethods="1" elements="5" coveredelements="3"/>
<package name="p"><file name="a.ts" path="src/a.ts"><metrics statements="2" coveredstatements="1" conditionals="2" coveredconditionals="1" methods="1" coveredmethods="1"/>
<line num="1" count="1" type="method" name="f"/><line num="2" count="1" type="cond" truecount="1" falsecount="0"/><line num="3" count="0" type="stmt"/></file></package></project></coverage>`

const sdoc = `[DOCUMENT]
TITLE: D
VERSION: 1
OPTIONS:
  ENABLE_MID: True

[GRAMMAR]
ELEMENTS:
- TAG: REQUIREMENT
  PROPERTIES:
    VIEW_STYLE: Table
  FIELDS:
  - TITLE: UID
    TYPE: String
    REQUIRED: True
  - TITLE: STATUS
    TYPE: SingleChoice(Draft, Active)
    REQUIRED: False
  - TITLE: STATEMENT
    TYPE: String
    REQUIRED: False
  RELATIONS:
  - TYPE: Parent
    ROLE: Refines

[[SECTION]]
TITLE: S

[REQUIREMENT]
UID: R-1
STATUS: Active
STATEMENT: >>>
It shall hold,
and more.
<<<

[[/SECTION]]

[REQUIREMENT]
UID: R-2
STATEMENT: One line
RELATIONS:
- TYPE: Parent
  VALUE: R-1
  ROLE: Refines
`

const specification = `# Title
\`req~one~1\`

It shall hold.

Rationale:
why

Needs: dsn, utest

## Other
\`dsn~two~2\`
Status: draft
Text.

Covers:
* [req~one~1](#one)

Depends:
- dsn~one~1

Tags: a, b

arch --> dsn : req~one~1

\`\`\`
code
\`\`\`
`

const ownJson = `{
 "schema": "bulkhead.requirements/1", "format": "csv", "version": "", "title": "T", "files": ["a.csv"], "attributes": {"x": ["y", {"z": "1"}]},
 "items": [
  {"id": "R-1", "revision": null, "kind": "requirement", "title": "t", "text": "x", "rationale": "", "inclusion": "mandatory", "status": "", "methods": ["test"], "ccVersion": null, "parent": null,
   "links": [{"role": "refines", "target": "R-2", "revision": "1", "extent": "full", "place": {"file": "a.csv", "line": 2}}], "needs": ["dsn"],
   "operations": [{"kind": "selection", "id": "s", "choices": ["a"], "decided": null}], "activities": [{"kind": "TSS", "text": "t", "explicitNone": false}], "attributes": {"a": "b"}, "place": {"file": "a.csv", "line": 2}},
  {"id": "R-2"}
 ], "mappings": [{"from": "R-1", "to": "R-2", "rationale": "", "place": {"file": "a.csv", "line": 1}}], "findings": []
}`

const catalogueHead = `profile: {id: p, title: P, version: '1', date: 2007-06-29, ccVersion: '2.3', sunset: 2011-09-01, status: verified, evidence: [S1], pages: 1}
notice: n
statusLegend: {verified: v, unconfirmed: u}
sources: {S1: s}
classes: {sfr: {present: [FDP], status: verified, evidence: [S1]}, sar: {present: [], status: verified, evidence: [S1]}}
parts: [threats.yaml]
`
const threats = 'threats:\n  - {id: T.A, paraphrase: bad, status: unconfirmed, confidence: low}\n'
const derived = `requirements:
  - id: flow.deny
    revision: 1
    text: The kernel shall refuse.
    rationale: why
    parents: [FDP_IFF.1.2]
    claims: []
    methods: [test, analysis]
    interfaces: [port_send]
    modules: [kernel/a.ts]
`

export const seedInputs: readonly SeedInput[] = [
  text(
    'csv',
    'a.csv',
    'ID,Title,Description,Rationale,Links,Verification Method,Extra\r\nR-1,"a, ""b""","two\r\nlines",why,,"Test, Analysis",x\r\nR-2,t,u,v,R-1~1,I,y\r\n',
  ),
  text('csv', 'b.csv', 'sep=;\nNo;Text;Covers\n1;a;2|3\n2;"b;c";\n', {
    map: { format: 'csv', columns: { id: 'No', text: 2, links: { covers: 'Covers' } }, separator: '|' },
  }),
  text(
    'json',
    'model.json',
    '{"objs":[{"id":"O-1","title":"o","text":"t"}],"reqs":[{"id":"R-1","title":"t","text":"x","up":"O-1","weight":1.50,"children":[{"id":"R-1.1","text":"y"}]}],"tests":[{"id":"T-1","covers":["R-1~2"],"title":"s"}],"note":null}',
  ),
  text('json', 'own.json', ownJson),
  text(
    'lobster',
    'a.lobster',
    '{"data":[{"tag":"req R-1@2","location":{"kind":"file","file":"a.trlc","line":3,"column":1},"name":"one","messages":[],"just_up":[],"just_down":["why"],"just_global":[],"refs":["req R-2"],"framework":"TRLC","kind":"requirement","text":"x","status":null}],"generator":"g","schema":"lobster-req-trace","version":4}',
  ),
  text(
    'sphinx-needs',
    'needs.json',
    '{"current_version":"1.0","project":"p","versions":{"1.0":{"needs_amount":2,"needs":{"R1":{"id":"R1","type":"req","title":"t","content":"c","links":["R2[version==1]","R2.1"],"tags":["a"],"lineno":3,"docname":"index"},"R2":{"id":"R2","type":"req","title":"u","links_back":["R1"],"parts":{"1":{"id":"1","content":"p"}}}}}}}',
  ),
  text(
    'markdown',
    'sdd.md',
    '# D\n\n## Requirements\n\n| Requirement | Description | Rationale | Verification Method |\n|---|:--:|---|---|\n| `R-1` | It \\| shall | why | Unit Test |\n| R-2 | more | | Inspection, Analysis |\n\n```\n| x | y |\n```\n',
  ),
  text('openfasttrace', 'spec.md', specification),
  text('openfasttrace', 'spec.rst', specification.replaceAll('# Title', 'Title\n=====').replaceAll('## Other', 'Other\n-----')),
  text('strictdoc', 'a.sdoc', sdoc),
  text(
    'doorstop',
    'REQ001.yml',
    "active: true\nderived: false\nheader: ''\nlevel: 1.10\nlinks:\n- SYS001: abc=\n- SYS002\nnormative: true\nref: ''\nreviewed: null\ntext: |\n  It shall.\n",
  ),
  text('doorstop', 'REQ002.md', '---\nactive: true\nderived: false\nlevel: 1.2\nlinks: []\nnormative: true\n---\n# Head\n\nText\n'),
  text(
    'source-tags',
    'a.cpp',
    '// [impl->req~one~1]\nvoid f() {} // @verifies R-1, R-2\nREQUIREMENT("R-3");\n/* [utest~name~2 -> dsn~two~1 >> itest] @relation(R-4, scope=file) */\n# lobster-trace: a.b\n',
  ),
  text('source-tags', 'b.py', '# REQ: ABC-12\n# @verifies R-1\n', {
    map: { format: 'source-tags', patterns: [{ pattern: 'REQ:\\s*([A-Z]+-\\d+)' }] },
  }),
  text('bulkhead-yaml', 'requirements.yaml', derived),
  text('bulkhead-yaml', 'profile.yaml', catalogueHead, { besides: [{ name: 'threats.yaml', text: threats, isGiven: false }] }),
  text('niap-xml', 'pp.xml', niap),
  text('reqif', 'a.reqif', reqif),
  { format: 'reqif', name: 'a.reqifz', bytes: zip('a.reqif', Buffer.from(reqif)) },
  text('cucumber-messages', 'm.ndjson', messages.map((line) => `${line}\n`).join('')),
  text('cucumber-json', 'r.json', cucumberJson),
  text('junit-xml', 'junit.xml', junit),
  text('istanbul', 'coverage-final.json', istanbul),
  text('istanbul-summary', 'coverage-summary.json', istanbulSummary),
  text('v8', 'coverage-1.json', v8),
  text('lcov', 'lcov.info', lcov),
  text('cobertura', 'cobertura.xml', cobertura),
  text('clover', 'clover.xml', clover),
]

/** An archive with one member. PKWARE APPNOTE: local file header, data, central directory, end of central directory. */
function zip(name: string, data: Buffer): Buffer {
  const packed = deflateRawSync(data)
  const label = Buffer.from(name)
  const [head, entry, end] = [Buffer.alloc(30), Buffer.alloc(46), Buffer.alloc(22)]
  head.writeUInt32LE(0x04034b50, 0)
  entry.writeUInt32LE(0x02014b50, 0)
  for (const [buffer, at] of [
    [head, 6],
    [entry, 8],
  ] as const) {
    buffer.writeUInt16LE(8, at + 2)
    buffer.writeUInt32LE(crc32(data), at + 8)
    buffer.writeUInt32LE(packed.length, at + 12)
    buffer.writeUInt32LE(data.length, at + 16)
    buffer.writeUInt16LE(label.length, at + 20)
  }
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length + label.length, 12)
  end.writeUInt32LE(head.length + label.length + packed.length, 16)
  return Buffer.concat([head, label, packed, entry, label, end])
}
