#pragma once

// Verifies that the effects of a function happen once, in worlds with crashes, time-outs, duplicates and a
// store that fails:
//
//     EXPECT_TRUE(verify_idempotent<bp::SqsRecord>(charge_customer, store));

#include <batchproof/effects/async_handler_subjects.hpp>
#include <batchproof/effects/broken_guards.hpp>
#include <batchproof/effects/effect_law.hpp>
#include <batchproof/effects/effect_probe.hpp>
#include <batchproof/effects/effect_report.hpp>
#include <batchproof/effects/effect_world.hpp>
#include <batchproof/effects/finished_effect_world.hpp>
#include <batchproof/effects/handler_subjects.hpp>
#include <batchproof/effects/run_effect_world.hpp>
#include <batchproof/effects/verify_effects.hpp>
#include <batchproof/effects/verify_idempotent.hpp>
