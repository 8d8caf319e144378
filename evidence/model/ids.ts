/**
 * Identifiers of the evidence graph, branded so that one kind is never taken for another. Each is the spelling a reader meets
 * in a feature tag or a catalogue; none is made up at run time and none depends on the order of execution.
 */
export type Brand<Name extends string> = string & { readonly __brand: Name }

/** Component of the catalogue, `FDP_IFF.1`. Common Criteria 2.3 numbering where the profile says so. */
export type ComponentId = Brand<'ComponentId'>
/** Element of a component, `FDP_IFF.1.2`: the level at which a verdict is given. */
export type ElementId = Brand<'ElementId'>
/** Assurance component, `ATE_COV.3`. */
export type AssuranceId = Brand<'AssuranceId'>
export type ObjectiveId = Brand<'ObjectiveId'>
export type ThreatId = Brand<'ThreatId'>
/** Derived requirement with its revision, `flow.deny-by-default~1`: a link names the revision it was made for. */
export type DerivedId = Brand<'DerivedId'>
/** Claim, `C05`. */
export type ClaimId = Brand<'ClaimId'>
/** Entry of the interface of the system under test (TSFI), `port_send`. */
export type InterfaceId = Brand<'InterfaceId'>
/** Source file of the system under test, relative to the project root, `/` between folders. */
export type ModulePath = Brand<'ModulePath'>
/** 16 hexadecimal digits over uri, rule, scenario and example row. */
export type ScenarioKey = Brand<'ScenarioKey'>
/** SHA-256, 64 lower-case hexadecimal digits. */
export type Digest = Brand<'Digest'>
