#pragma once

// Simulates the AWS service around a function, and shows the outcome of every message of a source across
// retries, crashes and timeouts:
//
//     EXPECT_TRUE(simulate(subject, world).expect_no_loss());

#include <batchproof/fixtures/library_processor.hpp>  // subjects
#include <batchproof/simulator/delivery.hpp>
#include <batchproof/simulator/finished_world.hpp>
#include <batchproof/simulator/function_under_test.hpp>
#include <batchproof/simulator/handler_subject.hpp>
#include <batchproof/simulator/laws.hpp>
#include <batchproof/simulator/random.hpp>
#include <batchproof/simulator/replay_trace.hpp>
#include <batchproof/simulator/run_world.hpp>
#include <batchproof/simulator/simulate.hpp>
#include <batchproof/simulator/simulation_report.hpp>
#include <batchproof/simulator/world.hpp>
#include <batchproof/simulator/world_law.hpp>
