#include <batchproof/properties/fuzz.hpp>

#include "orders.hpp"

BATCHPROOF_FUZZ_HANDLER(handle_order_carelessly, bp::SqsRecord, contract_of_orders())
