/** What happens at devices' registers, a line each: `cycle, device, load or store, offset, bytes, value`. */
import type { DeviceAccess, Machine } from '../../kernel/testbench/computer.js'

/** `names`: of devices, or of the beginnings of their names; `virtio` means all of virtio0 to virtio7. */
export function logDevices(machine: Machine, names: readonly string[], write: (line: string) => void): void {
  machine.onDeviceAccess((access) => {
    if (names.some((name) => access.device.startsWith(name))) write(`${lineOf(access, machine.hart(machine.presentHart).cycles)}\n`)
  })
}

function lineOf({ kind, device, offset, width, value }: DeviceAccess, cycle: number): string {
  const what = value === undefined ? 'refused' : `0x${value.toString(16)}`
  return `${cycle} ${device} ${kind} 0x${offset.toString(16)} ${width} ${what}`
}
