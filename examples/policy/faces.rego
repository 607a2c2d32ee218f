# Guards a plan of faceform before it is applied: conftest test plan.json --policy examples/policy
# What stands under resource_changes without x_ is as in Terraform's plans, so that rules written for those work as well.
package main

import rego.v1

most_taken := 3

# Whoever has one of these can no longer sign in with that face. In Terraform's words a disable is an update.
taken contains change.index if {
	some change in input.resource_changes
	"delete" in change.change.actions
}

taken contains change.index if {
	some change in input.resource_changes
	change.x_action == "disable"
}

# Access that ends soon is a removal as well, though it is an update in Terraform's words.
taken contains change.index if {
	some change in input.resource_changes
	change.x_shortens.within_horizon
}

deny contains sprintf("%d faces would be taken away, and %d are allowed", [count(taken), most_taken]) if {
	count(taken) > most_taken
}

deny contains sprintf("%s: nobody asked for this delete in a file", [change.index]) if {
	some change in input.resource_changes
	change.x_action == "delete"
	not change.x_source
}

deny contains sprintf("%s: a new face needs a ticket such as HR-4711 among its annotations", [change.index]) if {
	some change in input.resource_changes
	change.x_action in {"create", "replace"}
	not regex.match(`^HR-[0-9]+$`, object.get(change.x_annotations, "ticket", ""))
}

deny contains "not everything could be read" if not input.x_complete

warn contains sprintf("%s has needed attention", [change.index]) if {
	some change in input.x_standing
	change.x_status.state == "attention"
}
