/**
 * The machine code that every trap runs: save the interrupted context, run the kernel's routine, restore the context the
 * kernel chose. GNU syntax; assembled at build time, measured at boot, locked by PMP. RISC-V Privileged, "sscratch".
 * `sscratch` holds the address of the present context: pc in slot 0, x1 to x31 in their own slots.
 */
export const KCALL_MEASURE = 0
export const KCALL_INITIALISE = 1
export const KCALL_TRAP = 2

const registers = Array.from({ length: 31 }, (_, index) => index + 1)
const withoutA0 = registers.filter((index) => index !== 10)

/** Offsets of the two entries that the kernel must know, in bytes from the start of the stub. */
export const IDLE_OFFSET = 8
export const TRAP_ENTRY_OFFSET = 44

export const TRAP_STUB = `
.text
kernel_entry:                      # from the boot ROM, in S mode, not translated
  j test_fetch
  nop
idle:                              # the context of a window without a runnable partition
  wfi
  j idle
test_fetch:                        # negative test: locked memory that holds no code must refuse the fetch, with scause 1
  auipc t0, 0
  addi t0, t0, fetch_refused - test_fetch
  csrw stvec, t0
  auipc t1, 1                      # the next page: the configuration vector
  jr t1
fetch_refused:                     # whatever came of it, the kernel judges by scause and stval
  kcall ${KCALL_INITIALISE}
  j resume
trap_entry:
  csrrw a0, sscratch, a0
${withoutA0.map((index) => `  sd x${index}, ${index * 8}(a0)`).join('\n')}
  csrr t0, sscratch
  sd t0, 80(a0)
  csrw sscratch, a0
  csrr t0, sepc
  sd t0, 0(a0)
  kcall ${KCALL_TRAP}
resume:
  csrr a0, sscratch
  ld t0, 0(a0)
  sc.d zero, t0, (a0)              # no reservation crosses a trap; where one held, it stores what is there
  csrw sepc, t0
${withoutA0.map((index) => `  ld x${index}, ${index * 8}(a0)`).join('\n')}
  ld a0, 80(a0)
  sret
`

/** Instructions from \`resume\` to \`sret\`, and the trap call itself, which retires after its routine returned. */
export const RESUME_CYCLES = 4 + withoutA0.length + 2 + 1
/** Boot comes by one jump more. */
export const BOOT_RESUME_CYCLES = RESUME_CYCLES + 1
