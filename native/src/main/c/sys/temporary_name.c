#include "pcircle_config.h"

#include "sys/temporary_name.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

static uint64_t fnv1a(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

struct pc_temporary pc_temporary_of(const char *final_name, const char *prefix)
{
    struct pc_temporary temporary;
    snprintf(
        temporary.name,
        sizeof temporary.name,
        "%.*s%016" PRIx64,
        PC_PREFIX_BYTES - 1,
        prefix,
        fnv1a(final_name));
    return temporary;
}
