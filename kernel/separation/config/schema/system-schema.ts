/**
 * The source format of a configuration as JSON Schema, draft 7. Its choices are those of the interface, so the two cannot disagree.
 * schema/system.schema.json is the same for editors: a test compares it and says how to write it anew.
 */
import { AUDIT_EVENTS } from '../../../abi/audit.js'
import { HEALTH_ACTIONS, HEALTH_ERRORS } from '../../../abi/health.js'
import { SYSTEM_OPERATIONS } from '../configuration.js'

/** Where people find it. */
export const SYSTEM_SCHEMA_FILE = 'kernel/separation/config/schema/system.schema.json'

export const SYSTEM_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://bulkhead.invalid/schema/system.schema.json',
  title: 'Bulkhead system configuration',
  description: 'Every resource of a system, who owns it, who may use it how, when each partition runs, and which flows the policy allows.',
  type: 'object',
  additionalProperties: false,
  required: ['system', 'revision', 'memory', 'majorFrame', 'partitions', 'schedule'],
  properties: {
    system: {
      $ref: '#/definitions/name',
      description: 'Name of the system.',
    },
    revision: {
      type: 'integer',
      minimum: 0,
      maximum: 4294967295,
      description: 'Increases with every change that is released.',
    },
    memory: {
      $ref: '#/definitions/size',
      description: 'RAM of the machine, kernel included.',
    },
    majorFrame: {
      $ref: '#/definitions/cycles',
      description: 'Length of the schedule, in model cycles.',
    },
    partitions: {
      type: 'array',
      minItems: 1,
      description: "In file order: a partition's number is its index here.",
      items: {
        $ref: '#/definitions/partition',
      },
    },
    ports: {
      type: 'array',
      items: {
        $ref: '#/definitions/port',
      },
    },
    notifications: {
      type: 'array',
      items: {
        $ref: '#/definitions/notification',
      },
    },
    shared: {
      type: 'array',
      items: {
        $ref: '#/definitions/shared',
      },
    },
    schedule: {
      type: 'array',
      description: 'Windows of the major frame, in order of time.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['partition', 'at', 'length'],
        properties: {
          partition: {
            $ref: '#/definitions/name',
          },
          at: {
            $ref: '#/definitions/cycles',
            description: 'Start, in cycles from the start of the frame.',
          },
          length: {
            $ref: '#/definitions/cycles',
          },
        },
      },
    },
    audit: {
      $ref: '#/definitions/audit',
    },
    policy: {
      type: 'object',
      additionalProperties: false,
      properties: {
        flows: {
          type: 'array',
          description: 'Which partition may cause information to reach which other one. Everything else is denied.',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['from', 'to'],
            properties: {
              from: {
                $ref: '#/definitions/name',
              },
              to: {
                $ref: '#/definitions/name',
              },
            },
          },
        },
      },
    },
  },
  definitions: {
    name: {
      type: 'string',
    },
    names: {
      type: 'array',
      maxItems: 64,
      items: {
        $ref: '#/definitions/name',
      },
    },
    size: {
      description: 'Bytes, or text such as 16 KiB or 4 MiB.',
      anyOf: [
        {
          type: 'integer',
          minimum: 0,
          maximum: 9007199254740991,
        },
        {
          type: 'string',
          pattern: '^(0|[1-9][0-9]{0,8}) (B|KiB|MiB)$',
        },
      ],
    },
    cycles: {
      description: 'Model cycles.',
      type: 'integer',
      minimum: 0,
      maximum: 9007199254740991,
    },
    address: {
      type: 'integer',
      minimum: 0,
      maximum: 9007199254740991,
    },
    count: {
      type: 'integer',
      minimum: 0,
      maximum: 4294967295,
    },
    bits: {
      description: '64 bits; above 2^53 as quoted hexadecimal, such as "0x8000000000000000".',
      anyOf: [
        {
          type: 'integer',
          minimum: 0,
          maximum: 9007199254740991,
        },
        {
          type: 'string',
          pattern: '^0x[0-9A-Fa-f]{1,16}$',
        },
      ],
    },
    healthAction: {
      enum: HEALTH_ACTIONS,
    },
    auditEvent: {
      type: 'string',
      enum: AUDIT_EVENTS,
    },
    partition: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'code', 'data'],
      properties: {
        name: {
          $ref: '#/definitions/name',
        },
        code: {
          $ref: '#/definitions/size',
          description: 'Read and execute. The image is as large.',
        },
        data: {
          $ref: '#/definitions/size',
          description: 'Read and write, zero at every start.',
        },
        health: {
          type: 'object',
          additionalProperties: false,
          description: 'What an error of this partition leads to. Defaults: STOP, STOP, LOG, LOG.',
          properties: Object.fromEntries(HEALTH_ERRORS.map((error) => [error, { $ref: '#/definitions/healthAction' }])),
        },
        restartLimit: {
          $ref: '#/definitions/count',
          description: 'Restarts since boot before RESTART becomes STOP. Default 0.',
        },
        console: {
          type: 'boolean',
          description: 'Owns the UART. Default false.',
        },
        maintenance: {
          type: 'boolean',
          description: 'The one partition that runs in maintenance mode. Default false.',
        },
        idle: {
          type: 'boolean',
          description: 'Deliberately has no window. Default false.',
        },
        authority: {
          type: 'object',
          additionalProperties: false,
          properties: {
            readAudit: {
              type: 'boolean',
            },
            system: {
              type: 'array',
              maxItems: 64,
              uniqueItems: true,
              items: {
                type: 'string',
                enum: SYSTEM_OPERATIONS,
              },
            },
            control: {
              $ref: '#/definitions/names',
              description: 'Partitions it may stop, restart and observe.',
            },
            observe: {
              $ref: '#/definitions/names',
              description: 'Partitions whose mode and restarts it may read.',
            },
          },
        },
      },
    },
    port: {
      type: 'object',
      required: ['name', 'kind', 'message', 'from', 'to'],
      discriminator: {
        propertyName: 'kind',
      },
      oneOf: [
        {
          additionalProperties: false,
          required: ['refresh'],
          properties: {
            name: {
              $ref: '#/definitions/name',
            },
            kind: {
              const: 'sampling',
            },
            message: {
              $ref: '#/definitions/count',
              description: 'Largest message, in bytes.',
            },
            refresh: {
              $ref: '#/definitions/cycles',
              description: 'A message older than this is not valid.',
            },
            from: {
              $ref: '#/definitions/name',
            },
            to: {
              $ref: '#/definitions/names',
            },
          },
        },
        {
          additionalProperties: false,
          required: ['depth'],
          properties: {
            name: {
              $ref: '#/definitions/name',
            },
            kind: {
              const: 'queuing',
            },
            message: {
              $ref: '#/definitions/count',
              description: 'Largest message, in bytes.',
            },
            depth: {
              $ref: '#/definitions/count',
              description: 'Messages the port holds.',
            },
            from: {
              $ref: '#/definitions/name',
            },
            to: {
              $ref: '#/definitions/names',
            },
          },
        },
      ],
    },
    notification: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'from', 'to', 'bits'],
      properties: {
        name: {
          $ref: '#/definitions/name',
        },
        from: {
          $ref: '#/definitions/names',
          description: 'Senders; none when only alarms use it.',
        },
        to: {
          $ref: '#/definitions/name',
        },
        bits: {
          $ref: '#/definitions/bits',
          description: 'Bits that senders may set.',
        },
      },
    },
    shared: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'size', 'write', 'read'],
      properties: {
        name: {
          $ref: '#/definitions/name',
        },
        size: {
          $ref: '#/definitions/size',
        },
        at: {
          $ref: '#/definitions/address',
          description: 'Virtual address in every partition that maps it; assigned when absent.',
        },
        write: {
          $ref: '#/definitions/names',
          description: 'Partitions that may read and write it.',
        },
        read: {
          $ref: '#/definitions/names',
          description: 'Partitions that may only read it.',
        },
      },
    },
    audit: {
      type: 'object',
      additionalProperties: false,
      properties: {
        records: {
          $ref: '#/definitions/count',
          description: 'Capacity of the ring. Default 64.',
        },
        select: {
          description: 'Events to record. Default all.',
          anyOf: [
            {
              const: 'all',
            },
            {
              type: 'array',
              maxItems: 64,
              uniqueItems: true,
              items: {
                $ref: '#/definitions/auditEvent',
              },
            },
          ],
        },
        subjects: {
          description: 'Partitions whose events are recorded. Default all.',
          anyOf: [
            {
              const: 'all',
            },
            {
              type: 'array',
              maxItems: 64,
              uniqueItems: true,
              items: {
                $ref: '#/definitions/name',
              },
            },
          ],
        },
        onFull: {
          enum: ['overwrite', 'lose', 'halt'],
          description: 'Default overwrite.',
        },
        alarms: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['event', 'count', 'action'],
            properties: {
              event: {
                $ref: '#/definitions/auditEvent',
              },
              count: {
                $ref: '#/definitions/count',
                description: 'Events of one subject within one major frame.',
              },
              action: {
                anyOf: [
                  {
                    enum: ['halt', 'stop'],
                  },
                  {
                    type: 'object',
                    additionalProperties: false,
                    required: ['notify', 'bits'],
                    properties: {
                      notify: {
                        $ref: '#/definitions/name',
                      },
                      bits: {
                        $ref: '#/definitions/bits',
                      },
                    },
                  },
                ],
              },
            },
          },
        },
      },
    },
  },
}
