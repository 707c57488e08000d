/*
 * The stand-in's filters and provider contexts.
 */
#include "standin.h"
#include <string.h>

DWORD check_change(HANDLE engine);

static UINT64 lastFilter = 65536;
static UINT64 lastPolicy = 131072;

static const GUID none;

FILTER *find_filter(UINT64 id)
{
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (now.filters[i].used && now.filters[i].filter.filterId == id) return &now.filters[i];
  }
  return NULL;
}

POLICY *find_policy(UINT64 id)
{
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (now.policies[i].used && now.policies[i].context.providerContextId == id) return &now.policies[i];
  }
  return NULL;
}

static POLICY *find_policy_by_key(const GUID *key)
{
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (now.policies[i].used && IsEqualGUID(&now.policies[i].context.providerContextKey, key)) return &now.policies[i];
  }
  return NULL;
}

static DWORD keep_condition(CONDITION *kept, const FWPM_FILTER_CONDITION0 *given)
{
  if (given->matchType >= FWP_MATCH_TYPE_MAX) return (DWORD)FWP_E_MATCH_TYPE_MISMATCH;
  kept->condition = *given;
  switch (given->conditionValue.type) {
  case FWP_UINT8:
  case FWP_UINT16:
  case FWP_UINT32:
    return 0;
  case FWP_UINT64:
    if (given->conditionValue.uint64 == NULL) return (DWORD)FWP_E_NULL_POINTER;
    kept->value.uint64 = *given->conditionValue.uint64;
    return 0;
  case FWP_BYTE_ARRAY16_TYPE:
    if (given->conditionValue.byteArray16 == NULL) return (DWORD)FWP_E_NULL_POINTER;
    kept->value.octets = *given->conditionValue.byteArray16;
    return 0;
  case FWP_V4_ADDR_MASK:
    if (given->conditionValue.v4AddrMask == NULL) return (DWORD)FWP_E_NULL_POINTER;
    kept->value.v4 = *given->conditionValue.v4AddrMask;
    return (~kept->value.v4.mask & (~kept->value.v4.mask + 1)) != 0 ? (DWORD)FWP_E_INVALID_NET_MASK : 0;
  case FWP_V6_ADDR_MASK:
    if (given->conditionValue.v6AddrMask == NULL) return (DWORD)FWP_E_NULL_POINTER;
    kept->value.v6 = *given->conditionValue.v6AddrMask;
    return kept->value.v6.prefixLength > 128 ? (DWORD)FWP_E_OUT_OF_BOUNDS : 0;
  default:
    return (DWORD)FWP_E_TYPE_MISMATCH;
  }
}

static void point_at_values(FWPM_FILTER_CONDITION0 *conditions, CONDITION *kept, UINT32 count)
{
  for (UINT32 i = 0; i < count; i++) {
    conditions[i] = kept[i].condition;
    if (conditions[i].conditionValue.type > FWP_UINT32) conditions[i].conditionValue.byteArray16 = (FWP_BYTE_ARRAY16 *)&kept[i].value;
  }
}

static void keep_text(wchar_t *to, size_t size, const wchar_t *text)
{
  to[0] = 0;
  if (text != NULL) {
    wcsncpy(to, text, size - 1);
    to[size - 1] = 0;
  }
}

EXPORT DWORD WINAPI FwpmFilterAdd0(HANDLE engine, const FWPM_FILTER0 *filter, PSECURITY_DESCRIPTOR security, UINT64 *id)
{
  DWORD fails = called("FwpmFilterAdd0", true);
  if (!fails) fails = check_change(engine);
  if (fails) return fails;
  if (filter == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (filter->displayData.name == NULL) return (DWORD)FWP_E_NULL_DISPLAY_NAME;
  if (filter->numFilterConditions > MAX_CONDITIONS) return (DWORD)FWP_E_INVALID_PARAMETER;
  if (filter->numFilterConditions > 0 && filter->filterCondition == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (filter->weight.type != FWP_EMPTY && filter->weight.type != FWP_UINT8 && filter->weight.type != FWP_UINT64) return (DWORD)FWP_E_INVALID_WEIGHT;
  if (filter->reserved != NULL) return (DWORD)FWP_E_RESERVED;
  if ((filter->flags & 0x8) != 0 && find_policy_by_key(&filter->providerContextKey) == NULL) return (DWORD)FWP_E_PROVIDER_CONTEXT_NOT_FOUND;
  (void)security;
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (now.filters[i].used && !IsEqualGUID(&filter->filterKey, &none) && IsEqualGUID(&now.filters[i].filter.filterKey, &filter->filterKey)) {
      return (DWORD)FWP_E_ALREADY_EXISTS;
    }
  }
  for (int i = 0; i < MAX_OBJECTS; i++) {
    FILTER *kept = &now.filters[i];
    if (kept->used) continue;
    memset(kept, 0, sizeof *kept);
    for (UINT32 c = 0; c < filter->numFilterConditions; c++) {
      fails = keep_condition(&kept->conditions[c], &filter->filterCondition[c]);
      if (fails) return fails;
    }
    kept->filter = *filter;
    kept->filter.filterId = ++lastFilter;
    if (IsEqualGUID(&filter->filterKey, &none)) kept->filter.filterKey.Data1 = (unsigned long)lastFilter;
    if (filter->providerKey != NULL) kept->providerKey = *filter->providerKey;
    keep_text(kept->name, sizeof kept->name / sizeof *kept->name, filter->displayData.name);
    keep_text(kept->description, sizeof kept->description / sizeof *kept->description, filter->displayData.description);
    kept->used = true;
    if (id != NULL) *id = lastFilter;
    return 0;
  }
  return ERROR_NOT_ENOUGH_MEMORY;
}

EXPORT DWORD WINAPI FwpmFilterDeleteById0(HANDLE engine, UINT64 id)
{
  DWORD fails = called("FwpmFilterDeleteById0", true);
  if (!fails) fails = check_change(engine);
  if (fails) return fails;
  FILTER *filter = find_filter(id);
  if (filter == NULL) return (DWORD)FWP_E_FILTER_NOT_FOUND;
  filter->used = false;
  return 0;
}

/* A filter and all that it points at, in one block. */
typedef struct {
  FWPM_FILTER0 filter;
  FILTER kept;
  FWPM_FILTER_CONDITION0 conditions[MAX_CONDITIONS];
} FILTER_BLOCK;

static void fill_filter(FILTER_BLOCK *block, const FILTER *filter)
{
  block->kept = *filter;
  block->filter = filter->filter;
  point_at_values(block->conditions, block->kept.conditions, filter->filter.numFilterConditions);
  block->filter.filterCondition = block->conditions;
  block->filter.displayData.name = block->kept.name;
  block->filter.displayData.description = block->kept.description[0] == 0 ? NULL : block->kept.description;
  block->filter.providerKey = filter->filter.providerKey == NULL ? NULL : &block->kept.providerKey;
  block->filter.providerData = (FWP_BYTE_BLOB){ 0 };
  if (block->filter.weight.type == FWP_UINT64) block->filter.weight.type = FWP_EMPTY;
}

EXPORT DWORD WINAPI FwpmFilterGetById0(HANDLE engine, UINT64 id, FWPM_FILTER0 **filter)
{
  DWORD fails = called("FwpmFilterGetById0", false);
  if (!fails) fails = check_session(engine);
  if (fails) return fails;
  if (filter == NULL) return (DWORD)FWP_E_NULL_POINTER;
  const FILTER *found = find_filter(id);
  if (found == NULL) return (DWORD)FWP_E_FILTER_NOT_FOUND;
  FILTER_BLOCK *block = allocate_block(sizeof *block);
  if (block == NULL) return ERROR_NOT_ENOUGH_MEMORY;
  fill_filter(block, found);
  *filter = &block->filter;
  return 0;
}

EXPORT DWORD WINAPI FwpmFilterCreateEnumHandle0(HANDLE engine, const FWPM_FILTER_ENUM_TEMPLATE0 *of, HANDLE *enumeration)
{
  DWORD fails = called("FwpmFilterCreateEnumHandle0", false);
  if (!fails) fails = check_session(engine);
  if (fails) return fails;
  if (enumeration == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (of != NULL) return ERROR_NOT_SUPPORTED;
  ENUMERATION *begun = begin_enumeration();
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (now.filters[i].used) begun->ids[begun->count++] = now.filters[i].filter.filterId;
  }
  *enumeration = begun;
  return 0;
}

EXPORT DWORD WINAPI FwpmFilterEnum0(HANDLE engine, HANDLE enumeration, UINT32 requested, FWPM_FILTER0 ***entries, UINT32 *returned)
{
  DWORD fails = called("FwpmFilterEnum0", false);
  if (!fails) fails = check_session(engine);
  if (fails) return fails;
  if (entries == NULL || returned == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (enumeration == NULL) return (DWORD)FWP_E_INVALID_ENUMERATOR;
  ENUMERATION *begun = enumeration;
  UINT32 left = begun->count - begun->next, count = left < requested ? left : requested;
  *returned = 0;
  *entries = NULL;
  if (count == 0) return 0;
  struct { FWPM_FILTER0 *pointers[MAX_OBJECTS]; FILTER_BLOCK blocks[]; } *all = allocate_block(sizeof *all + count * sizeof(FILTER_BLOCK));
  if (all == NULL) return ERROR_NOT_ENOUGH_MEMORY;
  for (UINT32 i = 0; i < count; i++) {
    const FILTER *filter = find_filter(begun->ids[begun->next++]);
    if (filter != NULL) {
      fill_filter(&all->blocks[*returned], filter);
      all->pointers[*returned] = &all->blocks[*returned].filter;
      ++*returned;
    }
  }
  *entries = all->pointers;
  return 0;
}

EXPORT DWORD WINAPI FwpmFilterDestroyEnumHandle0(HANDLE engine, HANDLE enumeration)
{
  return end_enumeration(engine, enumeration);
}

EXPORT DWORD WINAPI FwpmProviderContextAdd1(HANDLE engine, const FWPM_PROVIDER_CONTEXT1 *context, PSECURITY_DESCRIPTOR security, UINT64 *id)
{
  DWORD fails = called("FwpmProviderContextAdd1", true);
  if (!fails) fails = check_change(engine);
  if (fails) return fails;
  if (context == NULL || context->dataBuffer == NULL) return (DWORD)FWP_E_NULL_POINTER;
  if (context->displayData.name == NULL) return (DWORD)FWP_E_NULL_DISPLAY_NAME;
  if (context->type >= FWPM_PROVIDER_CONTEXT_TYPE_MAX) return (DWORD)FWP_E_INVALID_PARAMETER;
  if (find_policy_by_key(&context->providerContextKey) != NULL) return (DWORD)FWP_E_ALREADY_EXISTS;
  (void)security;
  for (int i = 0; i < MAX_OBJECTS; i++) {
    if (now.policies[i].used) continue;
    now.policies[i].used = true;
    now.policies[i].context = *context;
    now.policies[i].context.providerContextId = ++lastPolicy;
    if (id != NULL) *id = lastPolicy;
    return 0;
  }
  return ERROR_NOT_ENOUGH_MEMORY;
}

EXPORT DWORD WINAPI FwpmProviderContextGetById1(HANDLE engine, UINT64 id, FWPM_PROVIDER_CONTEXT1 **context)
{
  DWORD fails = called("FwpmProviderContextGetById1", false);
  if (!fails) fails = check_session(engine);
  if (fails) return fails;
  if (context == NULL) return (DWORD)FWP_E_NULL_POINTER;
  const POLICY *policy = find_policy(id);
  if (policy == NULL) return (DWORD)FWP_E_PROVIDER_CONTEXT_NOT_FOUND;
  FWPM_PROVIDER_CONTEXT1 *block = allocate_block(sizeof *block);
  if (block == NULL) return ERROR_NOT_ENOUGH_MEMORY;
  block->providerContextKey = policy->context.providerContextKey;
  block->type = policy->context.type;
  block->providerContextId = policy->context.providerContextId;
  *context = block;
  return 0;
}

EXPORT DWORD WINAPI FwpmProviderContextDeleteById0(HANDLE engine, UINT64 id)
{
  DWORD fails = called("FwpmProviderContextDeleteById0", true);
  if (!fails) fails = check_change(engine);
  if (fails) return fails;
  POLICY *policy = find_policy(id);
  if (policy == NULL) return (DWORD)FWP_E_PROVIDER_CONTEXT_NOT_FOUND;
  for (int i = 0; i < MAX_OBJECTS; i++) {
    const FWPM_FILTER0 *filter = &now.filters[i].filter;
    if (now.filters[i].used && (filter->flags & 0x8) != 0 && IsEqualGUID(&filter->providerContextKey, &policy->context.providerContextKey)) return (DWORD)FWP_E_IN_USE;
  }
  policy->used = false;
  return 0;
}
