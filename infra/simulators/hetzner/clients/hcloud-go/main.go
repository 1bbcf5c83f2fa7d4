// Lives a server's life with Hetzner's own library for Go, as the fleeting plugin, Terraform's provider and the newer
// command line client use it; prints what it saw as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

const deadline = 60 * time.Second

var (
	ctx    context.Context
	client *hcloud.Client
	seen   = map[string]any{}
	labels = map[string]string{"role": "job"}
)

// must ends the program where a call that has to succeed does not.
func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// done gives what a call answers, which has to succeed.
func done[T any](answer T, _ *hcloud.Response, err error) T {
	must(err)
	return answer
}

// code is the one with which Hetzner refuses a call.
func code(err error) string {
	refused, ok := err.(hcloud.Error)
	if !ok {
		return fmt.Sprint(err)
	}
	return string(refused.Code)
}

func refusal[T any](_ T, _ *hcloud.Response, err error) string { return code(err) }

func wait(actions ...*hcloud.Action) { must(client.Action.WaitFor(ctx, actions...)) }

func waitFor(action *hcloud.Action, _ *hcloud.Response, err error) {
	must(err)
	wait(action)
}

// until looks until it shows what is wanted.
func until(look func() bool) {
	for !look() {
		must(ctx.Err())
		time.Sleep(20 * time.Millisecond)
	}
}

func namesOf[T any](all []T, name func(T) string) []string {
	names := make([]string, 0, len(all))
	for _, one := range all {
		names = append(names, name(one))
	}
	slices.Sort(names)
	return names
}

func catalogue() {
	types, err := client.ServerType.All(ctx)
	must(err)
	seen["types"] = len(types)
	kind := done(client.ServerType.Get(ctx, "cx23"))
	seen["type by id"] = done(client.ServerType.Get(ctx, fmt.Sprint(kind.ID))).Name
	seen["type"] = []any{kind.Cores, kind.Disk, len(kind.Locations)}
	locations, err := client.Location.All(ctx)
	must(err)
	seen["locations"] = namesOf(locations, func(one *hcloud.Location) string { return one.Name })
	image := done(client.Image.GetByNameAndArchitecture(ctx, "debian-12", hcloud.ArchitectureX86))
	seen["image"] = image.OSFlavor
	prices := done(client.Pricing.Get(ctx))
	seen["currency"] = prices.Currency
	seen["primary ip prices"] = namesOf(prices.PrimaryIPs, func(one hcloud.PrimaryIPPricing) string { return one.Type })
	volumes, err := client.Volume.AllWithOpts(ctx, hcloud.VolumeListOpts{
		ListOpts: hcloud.ListOpts{LabelSelector: "role=job"},
	})
	must(err)
	seen["volumes"] = len(volumes)
}

func primaryIP() *hcloud.PrimaryIP {
	order := hcloud.PrimaryIPCreateOpts{Name: "kept", Type: hcloud.PrimaryIPTypeIPv4, AssigneeType: "server"}
	seen["primary ip without a place"] = refusal(client.PrimaryIP.Create(ctx, order))
	order.Location = "fsn1"
	ip := done(client.PrimaryIP.Create(ctx, order)).PrimaryIP
	seen["primary ip"] = []any{ip.Location.Name, ip.AssigneeID, ip.AutoDelete}
	return ip
}

func firewall() *hcloud.Firewall {
	_, everyone, err := net.ParseCIDR("10.0.0.0/8")
	must(err)
	rule := hcloud.FirewallRule{
		Direction: hcloud.FirewallRuleDirectionIn,
		Protocol:  hcloud.FirewallRuleProtocolTCP,
		Port:      hcloud.Ptr("22"),
		SourceIPs: []net.IPNet{*everyone},
	}
	created := done(client.Firewall.Create(ctx, hcloud.FirewallCreateOpts{
		Name:  "closed",
		Rules: []hcloud.FirewallRule{rule},
	}))
	wait(created.Actions...)
	return created.Firewall
}

func network() *hcloud.Network {
	_, all, err := net.ParseCIDR("10.0.0.0/16")
	must(err)
	_, part, err := net.ParseCIDR("10.0.1.0/24")
	must(err)
	subnet := hcloud.NetworkSubnet{Type: hcloud.NetworkSubnetTypeCloud, NetworkZone: "eu-central", IPRange: part}
	return done(client.Network.Create(ctx, hcloud.NetworkCreateOpts{
		Name:    "inside",
		IPRange: all,
		Subnets: []hcloud.NetworkSubnet{subnet},
	}))
}

// orderAll names all that an order can name.
func orderAll(ip *hcloud.PrimaryIP, wall *hcloud.Firewall) hcloud.ServerCreateOpts {
	key := done(client.SSHKey.Create(ctx, hcloud.SSHKeyCreateOpts{
		Name:      "go",
		PublicKey: "ssh-ed25519 " + strings.Repeat("A", 67) + "= go",
	}))
	group := done(client.PlacementGroup.Create(ctx, hcloud.PlacementGroupCreateOpts{
		Name: "apart",
		Type: hcloud.PlacementGroupTypeSpread,
	}))
	return hcloud.ServerCreateOpts{
		Name:           "one",
		ServerType:     &hcloud.ServerType{Name: "cx23"},
		Image:          &hcloud.Image{Name: "debian-12"},
		Location:       &hcloud.Location{Name: "fsn1"},
		SSHKeys:        []*hcloud.SSHKey{key},
		Networks:       []*hcloud.Network{network()},
		Firewalls:      []*hcloud.ServerCreateFirewall{{Firewall: *wall}},
		PlacementGroup: group.PlacementGroup,
		Labels:         labels,
		UserData:       "#cloud-config",
		PublicNet:      &hcloud.ServerCreatePublicNet{EnableIPv4: true, EnableIPv6: true, IPv4: ip},
	}
}

func created(ip *hcloud.PrimaryIP, wall *hcloud.Firewall) *hcloud.Server {
	order := orderAll(ip, wall)
	answer := done(client.Server.Create(ctx, order))
	wait(append(answer.NextActions, answer.Action)...)
	seen["next actions"] = namesOf(answer.NextActions, func(one *hcloud.Action) string { return one.Command })
	seen["root password with a key"] = answer.RootPassword
	seen["name taken"] = refusal(client.Server.Create(ctx, order))
	server := done(client.Server.GetByName(ctx, "one"))
	net := server.PublicNet
	seen["address is the ordered one"] = net.IPv4.IP.Equal(ip.IP) && net.IPv6.Network != nil
	seen["firewall"] = net.Firewalls[0].Status
	seen["private address"] = server.PrivateNet[0].IP.String()
	return server
}

func selectors(server *hcloud.Server) {
	found := []int{}
	for _, selector := range []string{"role=job", "role in (job, rest),!gone", "role!=job", "role notin (job)"} {
		some, err := client.Server.AllWithOpts(ctx, hcloud.ServerListOpts{
			ListOpts: hcloud.ListOpts{LabelSelector: selector},
		})
		must(err)
		found = append(found, len(some))
	}
	seen["selected"] = found
	changed := done(client.Server.Update(ctx, server, hcloud.ServerUpdateOpts{Labels: map[string]string{"role": "rest"}}))
	seen["labels"] = changed.Labels
}

func power(server *hcloud.Server) {
	waitFor(client.Server.Poweroff(ctx, server))
	waitFor(client.Server.Poweron(ctx, server))
	waitFor(client.Server.Reboot(ctx, server))
	waitFor(client.Server.Reset(ctx, server))
	both := func(on bool) hcloud.ServerChangeProtectionOpts {
		return hcloud.ServerChangeProtectionOpts{Delete: hcloud.Ptr(on), Rebuild: hcloud.Ptr(on)}
	}
	rebuild := hcloud.ServerRebuildOpts{Image: &hcloud.Image{Name: "ubuntu-24.04"}, UserData: hcloud.Ptr("#cloud-config")}
	waitFor(client.Server.ChangeProtection(ctx, server, both(true)))
	seen["protected"] = []string{
		refusal(client.Server.DeleteWithResult(ctx, server)),
		refusal(client.Server.RebuildWithResult(ctx, server, rebuild)),
	}
	waitFor(client.Server.ChangeProtection(ctx, server, both(false)))
	wait(done(client.Server.RebuildWithResult(ctx, server, rebuild)).Action)
	rebuilt := done(client.Server.GetByID(ctx, server.ID))
	seen["rebuilt"] = []any{rebuilt.Image.Name, rebuilt.Created.Equal(server.Created)}
}

func end(server *hcloud.Server, ip *hcloud.PrimaryIP, wall *hcloud.Firewall) {
	_, err := client.PrimaryIP.Delete(ctx, ip)
	seen["primary ip deleted while assigned"] = code(err)
	wait(done(client.Server.DeleteWithResult(ctx, server)).Action)
	until(func() bool { return done(client.PrimaryIP.GetByID(ctx, ip.ID)).AssigneeID == 0 })
	servers, err := client.Server.All(ctx)
	must(err)
	seen["servers left"] = len(servers)
	seen["address kept"] = done(client.PrimaryIP.GetByIP(ctx, ip.IP.String())).ID == ip.ID
	_, err = client.PrimaryIP.Delete(ctx, ip)
	must(err)
	// An empty list of rules is null in the library's words.
	wait(done(client.Firewall.SetRules(ctx, wall, hcloud.FirewallSetRulesOpts{}))...)
	_, err = client.Firewall.Delete(ctx, wall)
	must(err)
}

func main() {
	var cancel context.CancelFunc
	ctx, cancel = context.WithTimeout(context.Background(), deadline)
	defer cancel()
	client = hcloud.NewClient(
		hcloud.WithEndpoint(os.Getenv("HCLOUD_ENDPOINT")),
		hcloud.WithToken(os.Getenv("HCLOUD_TOKEN")),
		hcloud.WithPollOpts(hcloud.PollOpts{BackoffFunc: hcloud.ConstantBackoff(20 * time.Millisecond)}),
	)
	catalogue()
	ip, wall := primaryIP(), firewall()
	server := created(ip, wall)
	selectors(server)
	power(server)
	end(server, ip, wall)
	must(json.NewEncoder(os.Stdout).Encode(seen))
}
