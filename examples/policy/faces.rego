# Guards a plan of faceform before it is applied: conftest test plan.json --policy examples/policy
# Members without x_ are those of a Terraform plan, so that what was written for Terraform works on them as well.
package main

import rego.v1

most_removed := 3

removed contains change.index if {
	some change in input.resource_changes
	"delete" in change.change.actions
}

deny contains sprintf("%d faces would be removed, and %d are allowed", [count(removed), most_removed]) if {
	count(removed) > most_removed
}

deny contains sprintf("%s: nobody asked for this delete in a file", [change.index]) if {
	some change in input.resource_changes
	change.x_action == "delete"
	not change.x_source
}

deny contains sprintf("%s: a new face needs a ticket among its annotations", [change.index]) if {
	some change in input.resource_changes
	change.x_action == "create"
	not change.x_annotations.ticket
}

deny contains "not everything could be read" if not input.x_complete

warn contains sprintf("%s has needed attention", [change.index]) if {
	some change in input.x_standing
	change.x_status.state == "attention"
}
