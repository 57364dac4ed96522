#pragma once

#include <batchproof/batch.hpp>
#include <string>
#include <string_view>

void handle_order(const batchproof::SqsRecord& record);

std::string handle_orders(std::string_view payload);
