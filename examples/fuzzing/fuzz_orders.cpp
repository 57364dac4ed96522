#include <batchproof/properties/fuzz.hpp>

#include "orders.hpp"

BATCHPROOF_FUZZ_HANDLER(handle_order, bp::SqsRecord, contract_of_orders())
